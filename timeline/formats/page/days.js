// Days are counted as the record counts them: 1 is 1 January of the year 1.

const DAY = 864e5;
const EPOCH = 719163; // 1 January 1970
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const dayOf = (year, month, day) => Date.UTC(year, month, day) / DAY + EPOCH;
const dateOf = (day) => new Date((Math.floor(day) - EPOCH) * DAY);
const yearOf = (day) => dateOf(day).getUTCFullYear();

// The steps of the axis, the finest first: about how many days, the unit, and how many of it.
const STEPS = [
  [1, 'day', 1], [7, 'day', 7], [30.4, 'month', 1], [91.3, 'month', 3], [182.6, 'month', 6],
  ...[1, 2, 5, 10, 20, 50, 100, 200].map((years) => [365.25 * years, 'year', years]),
];

// Ticks from one day to another, at most so many: {day, text}. The first names its year.
function ticks(from, to, most) {
  const [, unit, step] = STEPS.find(([days]) => (to - from) / days <= most) || STEPS[STEPS.length - 1];
  const found = [];
  for (let day = firstTick(from, unit, step); day <= to; day = nextTick(day, unit, step)) found.push({ day, text: tickText(day, unit, !found.length) });
  return found;
}

function firstTick(from, unit, step) {
  const date = dateOf(from);
  const year = date.getUTCFullYear();
  if (unit === 'day') return Math.ceil(from);
  const first = unit === 'year' ? dayOf(Math.floor(year / step) * step, 0, 1) : dayOf(year, Math.floor(date.getUTCMonth() / step) * step, 1);
  return first >= from ? first : nextTick(first, unit, step);
}

function nextTick(day, unit, step) {
  const date = dateOf(day);
  if (unit === 'day') return day + step;
  return unit === 'year' ? dayOf(date.getUTCFullYear() + step, 0, 1) : dayOf(date.getUTCFullYear(), date.getUTCMonth() + step, 1);
}

function tickText(day, unit, first) {
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  if (unit === 'year' || (unit === 'month' && !month)) return `${year}`;
  const short = unit === 'day' ? `${date.getUTCDate()} ${MONTHS[month]}` : MONTHS[month];
  return first ? `${short} ${year}` : short;
}
