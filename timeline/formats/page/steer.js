// Pointer, wheel, keys, the menus and the address: everything by which the drawing is moved.

const SHORTEST = 45; // days across the drawing, at least

let waiting = 0;
function redraw() {
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    draw();
  });
}

function view(from, to) {
  const span = Math.min(Math.max(to - from, SHORTEST), everything.to - everything.from);
  const start = Math.min(Math.max((from + to - span) / 2, everything.from), everything.to - span);
  Object.assign(state, { from: start, to: start + span });
  redraw();
}

const dayAt = (x) => state.from + ((x - SIDE) / (chart.clientWidth - 2 * SIDE)) * (state.to - state.from);
function zoom(factor, day = (state.from + state.to) / 2) {
  view(day - (day - state.from) / factor, day + (state.to - day) / factor);
}
function pan(days) {
  const span = state.to - state.from;
  const from = Math.min(Math.max(state.from + days, everything.from), everything.to - span);
  view(from, from + span);
}

// Choose an event by its number, −1 for none: it is brought into view, told in full, and put into the address. With `focus` its mark has the focus, or that of the one closed.
function choose(i, { focus = false, address = true } = {}) {
  document.querySelector('tr.chosen')?.classList.remove('chosen');
  state.chosen = i;
  if (i >= 0 || !focus) state.at = i;
  state.under = -1;
  const event = events[i];
  if (event) {
    if (event.lane >= 0 && !shownLane(event.lane)) setActor('');
    if (event.lane < 0 && state.actor) setActor('');
    const edge = (state.to - state.from) * 0.04;
    if (event.middle < state.from + edge || event.middle > state.to - edge) {
      const half = (state.to - state.from) / 2;
      view(event.middle - half, event.middle + half);
    }
    document.getElementById(event.id)?.classList.add('chosen');
  }
  if (address) remember(event);
  showDetail();
  draw();
  if (focus) focusMark();
}

let remembering;
function remember(event) {
  clearTimeout(remembering); // browsers refuse too many changes of the address in a short time
  remembering = setTimeout(() => history.replaceState(null, '', event ? `#${event.id}` : location.href.split('#')[0]), 250);
}

function addressed() {
  const text = location.hash.slice(1);
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a % that encodes nothing
  }
}

function followAddress() {
  const id = addressed();
  const i = number.get(id);
  const lacking = id && i === undefined && !document.getElementById(id);
  document.getElementById('p_missing').textContent = lacking ? `“${id}”, which the address asks for, is not in this record.` : '';
  if (i === undefined) return;
  choose(i, { address: false });
  requestAnimationFrame(() => {
    const top = (plot.querySelector('.mark.chosen') || chart).getBoundingClientRect().top;
    scrollBy(0, top - innerHeight * 0.3); // above what is told of it
    focusMark();
  });
}

function nearest(event) {
  const box = plot.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const reach = event.pointerType === 'touch' ? 26 : 14;
  let best = { far: reach };
  for (const one of placed) {
    const far = Math.hypot(one.x - x, one.y - y);
    if (far < best.far) best = { ...one, far };
  }
  return best.event ? best : null;
}

const pointers = new Map();
let moved = 0;
function steerByPointer() {
  chart.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, event.clientX);
    if (pointers.size === 1) moved = 0;
  });
  addEventListener('pointermove', (event) => (pointers.has(event.pointerId) ? drag(event) : chart.contains(event.target) && hover(event)));
  for (const name of ['pointerup', 'pointercancel']) addEventListener(name, (event) => pointers.delete(event.pointerId));
  chart.addEventListener('pointerleave', () => hover(null));
  chart.addEventListener('click', (event) => {
    if (moved > 6) return;
    const hit = nearest(event);
    if (hit?.strip) zoom(4, dayAt(hit.x));
    else if (hit) choose(number.get(hit.event.id), { focus: true });
    else if (state.chosen >= 0) choose(-1);
  });
  chart.addEventListener('dblclick', (event) => {
    if (!nearest(event)) zoom(event.shiftKey ? 0.5 : 2, dayAt(event.clientX - chart.getBoundingClientRect().left));
  });
  chart.addEventListener('wheel', (event) => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (!event.ctrlKey && !event.metaKey && !sideways) return; // the page scrolls
    event.preventDefault();
    if (sideways) pan(((event.deltaX || event.deltaY) / chart.clientWidth) * (state.to - state.from));
    else zoom(2 ** (-event.deltaY / 200), dayAt(event.clientX - chart.getBoundingClientRect().left));
  }, { passive: false });
}

function hover(event) {
  const hit = event && nearest(event);
  const under = hit && !hit.strip ? number.get(hit.event.id) : -1;
  if (under === state.under) return;
  state.under = under;
  drawTip(chart.clientWidth);
}

// One pointer moves the days with it; two hold the days under them.
function drag(event) {
  const before = pointers.get(event.pointerId);
  const left = chart.getBoundingClientRect().left;
  moved += Math.abs(event.clientX - before);
  const other = [...pointers].find(([id]) => id !== event.pointerId);
  pointers.set(event.pointerId, event.clientX);
  if (!other) {
    if (moved > 6) pan(((before - event.clientX) / chart.clientWidth) * (state.to - state.from));
    return;
  }
  const [was, is] = [Math.abs(before - other[1]), Math.abs(event.clientX - other[1])];
  if (was > 8 && is > 8) zoom(is / was, dayAt((event.clientX + other[1]) / 2 - left));
}

// Left and right go along a lane, up and down to the nearest visit of the next lane.
function beside(step) {
  const event = events[state.at];
  const lane = event && event.lane < 0 ? context : byLane[event ? event.lane : lanesShown().some[0]];
  const list = (lane || []).filter((one) => one === event || (found(one) && (one.lane < 0 || counts(one))));
  if (!event) return list.length ? number.get(list.at(step === Infinity ? -1 : 0).id) : -1;
  const place = Number.isFinite(step) ? list.indexOf(event) + step : step < 0 ? 0 : list.length - 1;
  return list[place] ? number.get(list[place].id) : state.at;
}

function across(step) {
  const event = events[state.at];
  if (!event) return beside(1);
  const rows = [...(context.length && !state.actor ? [-1] : []), ...lanesShown().some];
  for (let at = rows.indexOf(event.lane) + step; at in rows; at += step) {
    const list = (rows[at] < 0 ? context : byLane[rows[at]]).filter((one) => found(one) && (one.lane < 0 || counts(one)));
    if (list.length) return number.get(list.reduce((best, one) => (Math.abs(one.middle - event.middle) < Math.abs(best.middle - event.middle) ? one : best)).id);
  }
  return state.at;
}

const KEYS = {
  ArrowRight: () => choose(beside(1), { focus: true }),
  ArrowLeft: () => choose(beside(-1), { focus: true }),
  ArrowDown: () => choose(across(1), { focus: true }),
  ArrowUp: () => choose(across(-1), { focus: true }),
  Home: () => choose(beside(-Infinity), { focus: true }),
  End: () => choose(beside(Infinity), { focus: true }),
  '+': () => zoom(2, events[state.at]?.middle),
  '=': () => zoom(2, events[state.at]?.middle),
  '-': () => zoom(0.5, events[state.at]?.middle),
  0: () => view(everything.from, everything.to),
  Escape: () => choose(-1, { focus: true }),
  Enter: openDetail,
  ' ': openDetail,
};

function openDetail() {
  if (state.chosen < 0) choose(state.at < 0 ? beside(1) : state.at, { focus: true });
  else detail.focus();
}

function steerByKeys() {
  chart.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    if (event.shiftKey && event.key.startsWith('Arrow')) pan(((event.key === 'ArrowRight') - (event.key === 'ArrowLeft')) * 0.2 * (state.to - state.from));
    else KEYS[event.key]();
  });
  detail.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') choose(-1, { focus: true });
  });
}

function setActor(value) {
  state.actor = value;
  document.getElementById('p_actor').value = value;
}
