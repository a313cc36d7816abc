// Where things go in a lane: marks that stand on each other, names that do not touch, or a density strip where there are too many.

const MARK = 12.5; // the room of one mark
const STACK = 8; // marks that may stand on each other
const BIN = 6; // the width of one bar of a density strip
const STRIP = 56; // its height
const SIDE = 2; // room at both sides of the drawing

function scaleTo(width) {
  const room = width - 2 * SIDE;
  return Object.assign((day) => SIDE + ((day - state.from) / (state.to - state.from)) * room, { width });
}

const clip = (at, width) => Math.max(0, Math.min(width, at));

// The day at which an event is drawn: the middle of those on which it may have begun; where that is out of view, of those in view.
const placeOf = ({ first, middle, last }) => (middle >= state.from && middle <= state.to ? middle : (Math.max(first, state.from) + Math.min(last, state.to)) / 2);
const inView = (event) => event.last >= state.from && event.first <= state.to;

// Marks of some events: {event, x, row}, from the left; null where they would stand too high.
function stacked(list, x) {
  const ends = [];
  const marks = list.map((event) => ({ event, x: x(placeOf(event)), row: 0 })).sort((a, b) => a.x - b.x);
  for (const mark of marks) {
    while (ends[mark.row] > mark.x - MARK) mark.row += 1;
    if (mark.row >= STACK) return null;
    ends[mark.row] = mark.x;
  }
  return marks;
}

// The bars of a density strip: {x, all, parts}, how many of each rank on a certain day, then on one that is not, and last those that a search does not find; and
// the most that one of them counts.
function binned(list, x) {
  const bins = new Map();
  const ranks = record.classes.length;
  for (const event of list) {
    const place = Math.floor(x(placeOf(event)) / BIN);
    const bin = bins.get(place) || { x: place * BIN, all: 0, parts: Array(2 * ranks + 1).fill(0), event };
    bin.all += 1;
    bin.parts[found(event) ? 2 * event.rank + (event.rough ? 1 : 0) : 2 * ranks] += 1;
    bins.set(place, bin);
  }
  const bars = [...bins.values()];
  return { bars, most: bars.reduce((most, bar) => Math.max(most, bar.all), 1) };
}

// Names for the marks of the highest rank, as many as have room in one line.
function named(marks, width) {
  const taken = [];
  const order = [...marks].filter(({ event }) => found(event)).sort((a, b) => a.event.rank - b.event.rank || b.event.first - a.event.first);
  for (const mark of order) {
    const size = widthOf(mark.event.name, 11.5);
    if (size > Math.min(230, width)) continue;
    const left = Math.max(0, Math.min(width - size, mark.x - size / 2));
    if (mark.x < 0 || mark.x > width || taken.some((one) => left < one.right + 10 && left + size > one.left - 10)) continue;
    taken.push({ left, right: left + size, mark, text: mark.event.name });
  }
  return taken;
}

// The label of a gap: the fullest of its names that fits between its marks.
function gapLabel(bar, left, right) {
  const room = right - left - MARK - 6;
  const join = bar.later < 0 ? ' ' : ', ';
  return [bar.label + join + bar.span, bar.label, bar.short].find((name) => widthOf(name, 12, bar.longest ? 700 : 400) <= room);
}

function gapsOf(lane) {
  return (record.whose[state.whose].gaps[lane] || []).map(([earlier, later, flags, sureFrom, sureTo, label, span, short, text, rank, from = sureFrom, to = sureTo]) => ({ earlier, later, longest: flags & 1, covered: flags & 2, near: flags & 4, sureFrom, sureTo, from, to, label, span, short, text, rank }));
}

function gapWords({ earlier, later, text, rank, covered, near }) {
  const told = (i) => `${events[i].name}, ${events[i].date}`;
  const missing = near ? '; the record is only near complete: a visit may be missing' : '';
  if (later < 0) return `${text} since ${told(earlier)}, ${rank}${missing}`;
  const doubt = covered ? missing : '; the record may lack a visit in between';
  return `${text} from ${told(earlier)} to ${told(later)}${rank ? `, ${rank}` : ''}${doubt}`;
}

// Titles of other events, in rows that do not touch, no line to a mark crossing a title: {event, x, row}; row −1 has no room for its title.
function titled(list, x, width, rows) {
  const ends = Array(rows).fill(-Infinity);
  return list.map((event) => {
    const at = x(placeOf(event));
    const size = widthOf(event.name, 11.5) + 12;
    const row = ends.findLastIndex((end) => end + 12 >= at) + 1;
    if (row >= rows || at < 0 || at + size > width) return { event, x: at, row: -1 };
    ends[row] = at + size;
    return { event, x: at, row };
  });
}
