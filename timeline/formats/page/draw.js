// The drawing, made anew at every change. Text goes in as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';
const chart = document.getElementById('p_chart');
const SHAPES = ['M0-6.6 6.6 0 0 6.6-6.6 0Z', 'M-5-5H5V5H-5Z', 'M0-6 6 5H-6Z', 'M0 6-6-5H6Z', 'M-4.7 0A4.7 4.7 0 1 1 4.7 0 4.7 4.7 0 1 1-4.7 0Z', 'M-3.2 0A3.2 3.2 0 1 1 3.2 0 3.2 3.2 0 1 1-3.2 0Z'];
const FIGURES = 70; // the height of a panel of figures
const RING = 'M-9.5 0A9.5 9.5 0 1 1 9.5 0 9.5 9.5 0 1 1-9.5 0Z';

let placed = []; // where each mark stands: {event, x, y}
let plot; // the svg

function made(name, attributes, ...inside) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, value);
  node.append(...inside);
  return node;
}

const line = (name, x1, y1, x2, y2) => made('line', { class: name, x1: x1.toFixed(1), y1, x2: x2.toFixed(1), y2 });
const label = (name, x, y, text, more) => made('text', { class: name, x: x.toFixed(1), y, ...more }, text);
const wordsOf = (event) => [event.name, event.office, event.lane < 0 ? event.direction : laneNames[event.lane], event.date, event.status, event.weak].filter(Boolean).join(', ');

function draw(width = chart.clientWidth) {
  const x = scaleTo(width);
  const hadFocus = chart.contains(document.activeElement);
  placed = [];
  const { some, all } = lanesShown();
  const inside = [];
  const top = 26;
  let y = drawContext(inside, x, width, top);
  for (const one of record.figures) y = drawFigures(inside, one, x, width, y);
  for (const lane of some) y = drawLane(inside, lane, x, width, y);
  const height = y + 24;
  const axis = drawAxis(x, width, top, y);
  const role = { role: 'group', 'aria-label': `${counted(some.length, 'lane')} of visits on a line of time`, 'aria-describedby': 'p_count' };
  plot = made('svg', { viewBox: `0 0 ${width} ${height}`, width, height, ...role }, axis, ...inside);
  plot.setAttribute('tabindex', markAt() ? -1 : 0);
  chart.replaceChildren(plot);
  drawTip(width);
  showMore(all);
  if (hadFocus) focusMark();
}

function drawAxis(x, width, top, bottom) {
  const group = made('g', { 'aria-hidden': 'true' });
  for (const { day, text } of ticks(state.from, state.to, Math.max(3, Math.floor(width / 72)))) {
    const at = x(day);
    const half = widthOf(text, 12) / 2;
    group.append(line('grid', at, top - 6, at, bottom));
    if (at - half < 0 || at + half > width) continue;
    group.append(label('years', at, 14, text), label('years', at, bottom + 18, text));
  }
  return group;
}

function drawLane(inside, lane, x, width, y) {
  const [name] = record.lanes[lane];
  const mine = byLane[lane];
  const visits = mine.filter(counts);
  const group = made('g', { role: 'group', 'aria-label': `${name}: ${counted(visits.length, 'visit')}` });
  inside.push(group);
  const visible = visits.filter(inView);
  const marks = stacked(visible, x);
  const strip = marks ? null : binned(visible, x);
  y = drawTitle(group, name, `${counted(visits.length, 'visit')}${strip ? `, up to ${strip.most} in one bar` : ''}`, width, y + 22) + 5;
  const names = marks && named(marks, width);
  const rows = marks ? marks.reduce((most, mark) => Math.max(most, mark.row + 1), 1) : 0;
  const base = y + (names && names.length ? 16 : 2) + (marks ? Math.max(rows * MARK, 20) : STRIP + 6) + 4;
  group.append(line('base', 0, base, width, base));
  drawGaps(group, gapsOf(lane), x, width, base);
  if (marks) {
    for (const one of names) drawName(group, one, y + 12, base);
    for (const mark of marks) drawMark(group, mark, x, base - 9 - mark.row * MARK);
  } else drawStrip(group, strip, x, base);
  drawAside(group, mine.filter((event) => !counts(event) && inView(event)), x, base);
  return base + 14;
}

// The name of a lane, in as many lines as it needs, and how many visits it has after it or, where they have no room, below.
function drawTitle(group, name, total, width, y) {
  const lines = wrapped(name, 14, 700, width);
  lines.forEach((text, i) => group.append(label('title', 0, y + i * 18, text)));
  const end = y + (lines.length - 1) * 18;
  const left = widthOf(lines[lines.length - 1], 14, 700) + 10;
  if (left + widthOf(total, 12) <= width) {
    group.append(label('total', left, end, total));
    return end;
  }
  const more = wrapped(total, 12, 400, width);
  more.forEach((text, i) => group.append(label('total', 0, end + 16 + i * 16, text)));
  return end + 16 * more.length;
}

function drawGaps(group, bars, x, width, base) {
  for (const bar of bars) {
    const [from, to, left, right] = [x(bar.sureFrom), x(bar.sureTo), x(bar.from), x(bar.to)];
    if (right < 0 || left > width || right - left < 16) continue;
    const kind = `gap${bar.longest ? ' longest' : ''}${bar.covered ? '' : ' broken'}${bar.near ? ' near' : ''}${bar.later < 0 ? ' open' : ''}`;
    if (right - left > to - from + 1) group.append(line(`${kind} perhaps`, clip(left, width), base, clip(right, width), base));
    const [start, end] = [clip(from, width), clip(to, width)];
    const solid = line(kind, start, base, end, base);
    solid.append(made('title', {}, gapWords(bar)));
    if (to > from) group.append(solid);
    const text = gapLabel(bar, start, end);
    if (text) group.append(label(`gapname${bar.longest ? ' longest' : ''}`, (start + end) / 2, base - 7, text));
  }
}

function drawName(group, { left, mark, text }, y, base) {
  const top = base - 9 - mark.row * MARK - 8;
  if (top - y > 6) group.append(line('leader', mark.x, y + 4, mark.x, top));
  group.append(label(`name${found(mark.event) ? '' : ' dull'}`, left, y, text, { 'aria-hidden': 'true' }));
}

function drawMark(group, { event, x: at }, x, y) {
  const i = number.get(event.id);
  const kind = ['mark', event.lane < 0 ? 'other' : `r${event.rank}`, event.rough && 'rough', event.weak && 'weak', !found(event) && 'dull', i === state.chosen && 'chosen'];
  const node = made('g', { class: kind.filter(Boolean).join(' '), transform: `translate(${at.toFixed(1)} ${y})`, role: 'button', tabindex: i === state.at ? 0 : -1, 'data-event': i, 'aria-label': wordsOf(event), 'aria-current': i === state.chosen ? 'true' : undefined });
  const [from, to] = event.rough ? [x(event.first), x(event.last + 1)] : [at, x((event.end ?? event.last) + 1)];
  const [left, right] = [clip(from, x.width), clip(to, x.width)];
  if (right - left > 14 || (from !== left && right > left)) node.append(line('span', left - at, 0, right - at, 0));
  node.append(made('path', { class: 'ring', d: RING }), made('path', { d: SHAPES[event.lane < 0 ? 5 : event.rank] }));
  group.append(node);
  placed.push({ event, x: at, y });
}

function drawStrip(group, { bars, most }, x, base) {
  for (const bar of bars) {
    let top = base - 3;
    [...bar.parts.entries()].reverse().forEach(([part, count]) => {
      if (!count) return;
      const height = Math.max(1.5, (count / most) * STRIP);
      top -= height;
      group.append(made('rect', { class: part < 2 * record.classes.length ? `strip r${part >> 1}${part & 1 ? ' rough' : ''}` : 'strip part', x: bar.x, y: top.toFixed(1), width: BIN - 1, height: height.toFixed(1) }));
    });
    placed.push({ event: bar.event, x: bar.x + BIN / 2, y: (top + base) / 2, strip: true });
  }
  const event = events[state.at];
  if (event && event.lane === bars[0]?.event.lane && counts(event) && inView(event)) drawMark(group, { event, x: x(placeOf(event)) }, x, base - 9);
}

// Visits that do not count here, one line a place: of other people, in transit, announced or cancelled.
function drawAside(group, list, x, base) {
  const seen = new Set();
  for (const event of list) {
    const at = x(placeOf(event));
    if (event === events[state.at]) drawMark(group, { event, x: at }, x, base + 8);
    else if (!seen.has(Math.round(at))) drawTick(group, { event, x: at }, base + 4);
    seen.add(Math.round(at));
  }
}

function drawTick(group, { event, x }, y) {
  group.append(made('path', { class: `aside${found(event) ? '' : ' dull'}`, d: `M${x.toFixed(1)} ${y}v6` }));
  placed.push({ event, x, y: y + 3 });
}

function drawContext(inside, x, width, y) {
  if (!context.length || state.actor) return y;
  const list = context.filter(inView);
  const rows = width < 600 ? 3 : 4;
  const marks = titled(list, x, width, rows);
  const used = marks.reduce((most, mark) => Math.max(most, mark.row + 1), 1);
  const group = made('g', { role: 'group', 'aria-label': `Other events: ${context.length}` });
  const top = drawTitle(group, 'Other events', `${context.length}`, width, y + 10);
  const base = top + 15 + used * 16;
  group.append(line('base', 0, base, width, base));
  for (const mark of marks) {
    const at = mark.row < 0 ? base : top + 14 + mark.row * 16;
    if (mark.row >= 0) group.append(line(`leader${found(mark.event) ? '' : ' dull'}`, mark.x, at, mark.x, base), label(`name${found(mark.event) ? '' : ' dull'}`, mark.x + 8, at + 4, mark.event.name, { 'aria-hidden': 'true' }));
    if (mark.row >= 0 || mark.event === events[state.at]) drawMark(group, mark, x, at);
    else drawTick(group, mark, base - 7);
  }
  inside.push(group);
  return base + 12;
}

function showMore(all) {
  const more = document.getElementById('p_more');
  more.hidden = all <= state.lanes;
  more.textContent = `Show ${Math.min(50, all - state.lanes)} more of ${all} lanes`;
}

// The name and date of the mark under the pointer.
function drawTip(width) {
  plot.querySelector('.tip')?.remove();
  const event = state.under === state.chosen ? null : events[state.under];
  const place = event && placed.find((one) => one.event === event && !one.strip);
  if (!place) return;
  const office = event.office || event.type || '';
  const rest = [event.date, event.kind].filter(Boolean).join(' · ');
  const lines = [...wrapped(event.name, 12.5, 700, Math.min(width - 24, 300)).map((text) => ['who', text]), ...wrapped(office, 12.5, 400, Math.min(width - 24, 300)).slice(0, 4).map((text) => ['', text]), ['', rest]];
  const size = Math.max(...lines.map(([kind, text]) => widthOf(text, 12.5, kind ? 700 : 400))) + 18;
  const height = lines.length * 17 + 9;
  const left = Math.max(0, Math.min(width - size, place.x - size / 2));
  const top = place.y - height - 13 < 0 ? place.y + 13 : place.y - height - 13;
  plot.append(made('g', { class: 'tip', 'aria-hidden': 'true', transform: `translate(${left.toFixed(1)} ${top.toFixed(1)})` }, made('rect', { width: size.toFixed(1), height, rx: 3 }), ...lines.map(([kind, text], i) => label(kind, 9, 18 + i * 17, text))));
}

function drawFigures(inside, { name, unit, points }, x, width, y) {
  const group = made('g', { role: 'img', 'aria-label': `${name}, ${unit}: ${counted(points.length, 'figure')}, in a table below` });
  inside.push(group);
  const [low, high] = points.reduce(([a, b], [, , value]) => [Math.min(a, value), Math.max(b, value)], [0, 0]);
  const top = drawTitle(group, name, `${unit}, highest ${high.toLocaleString('en')}`, width, y + 22) + 10;
  const up = (value) => top + FIGURES - ((value - low) / (high - low || 1)) * FIGURES;
  group.append(line('base', 0, up(0), width, up(0)));
  let before;
  for (const point of points) {
    const [from, to, value, months, printed, when] = point;
    const [left, right, at] = [x(from), x(to + 1), up(value).toFixed(1)];
    const kind = `figure${printed ? '' : ' found'}`;
    const middle = (left + right) / 2;
    const told = made('title', {}, `${when}: ${value.toLocaleString('en')} ${unit}`);
    if (right < 0 || left > width) { before = months === 1 ? point : before; continue; }
    if (months === 12) group.append(made('rect', { class: `${kind} year`, x: left.toFixed(1), y: Math.min(at, up(0)), width: Math.max(1, right - left - 1).toFixed(1), height: Math.abs(up(0) - at).toFixed(1) }, told));
    else if (months > 1) group.append(made('path', { class: `${kind} part`, d: `M${left.toFixed(1)} ${at}H${right.toFixed(1)}` }, told));
    else {
      if (before && from - before[1] === 1) group.append(made('path', { class: 'figure joint', d: `M${((x(before[0]) + x(before[1] + 1)) / 2).toFixed(1)} ${up(before[2]).toFixed(1)}L${middle.toFixed(1)} ${at}` }));
      group.append(made('circle', { class: `${kind} point`, cx: middle.toFixed(1), cy: at, r: Math.min(2.4, Math.max(1.6, (right - left) / 2)).toFixed(1) }, told));
      before = point;
    }
  }
  return top + FIGURES + 8;
}

const markAt = () => plot.querySelector('.mark[tabindex="0"]');
function focusMark() {
  (markAt() || plot).focus({ preventScroll: true });
}
