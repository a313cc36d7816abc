// The menus are filled, the legend is drawn, and the drawing begins.

const PAPER = 720; // the width of the drawing on a page of paper

const menu = (id) => document.getElementById(id);
const option = (value, text) => element('option', { value }, text);

function fillMenus() {
  const ranks = record.whose.map((who, i) => [who, option(i, who.label)]);
  const group = (name, start) => {
    const items = ranks.filter(([who]) => who.option.startsWith(start));
    return items.length ? [element('optgroup', { label: name }, ...items.map(([, item]) => item))] : [];
  };
  menu('p_whose').append(...ranks.slice(0, 1).map(([, item]) => item), ...group('By rank', '--at-least'), ...group('By office', '--office'));
  const actors = new Map();
  for (const [name, visitor, host, visits] of record.lanes) {
    const [from, to] = name.split(' → ');
    for (const [id, text] of [[visitor, from], [host, to]]) actors.set(id, [text, (actors.get(id)?.[1] || 0) + visits]);
  }
  menu('p_actor').append(option('', 'All'), ...[...actors].sort((a, b) => b[1][1] - a[1][1]).map(([id, [text]]) => option(id, text)));
  const kinds = [...new Set(events.map((event) => event.kind || event.type || ''))].filter(Boolean).sort();
  menu('p_kind').append(option('', 'All'), ...kinds.map((kind) => option(kind, kind)));
}

function fillLegend() {
  const used = new Set(events.map((event) => (event.lane < 0 ? -1 : event.rank)));
  const key = (kind, d) => made('svg', { viewBox: '-10 -8 20 16', 'aria-hidden': 'true' }, made('path', { class: kind, d }));
  const bar = (kind) => made('svg', { viewBox: '-10 -8 20 16', 'aria-hidden': 'true' }, line(kind, -10, 0, 10, 0));
  const some = (test) => events.some(test);
  const gaps = record.whose.flatMap((who) => Object.values(who.gaps).flat());
  const figures = record.figures.flatMap((one) => one.points);
  const items = [
    ...record.classes.map((name, rank) => [used.has(rank), key(`r${rank}`, SHAPES[rank]), name]),
    [some((event) => event.rough), key('r4 rough key', SHAPES[4]), 'the day is not known: hollow, also in a bar of many visits; a band shows the days that it may be'],
    [some((event) => event.weak), key('r4 weak key', SHAPES[4]), 'from memory, or sources disagree'],
    [some((event) => event.lane >= 0 && !counts(event)), key('aside', 'M0-3v6'), 'not counted: of others than asked for, in transit, announced or cancelled'],
    [gaps.some((gap) => gap[2] & 1), bar('gap longest'), 'the longest gap'],
    [figures.some((one) => one[3] === 12), key('figure year', 'M-8-5H8V6H-8Z'), 'the figure of a year, as its mean where it is a sum'],
    [figures.some((one) => one[3] > 1 && one[3] !== 12), bar('figure part'), 'of some months'],
    [figures.some((one) => one[3] <= 1), key('figure point', 'M-2.4 0A2.4 2.4 0 1 1 2.4 0 2.4 2.4 0 1 1-2.4 0Z'), 'of a month; joined where none is missing'],
    [figures.some((one) => !one[4]), key('figure point found', 'M-2.4 0A2.4 2.4 0 1 1 2.4 0 2.4 2.4 0 1 1-2.4 0Z'), 'rounded, copied or inferred'],
    [gaps.some((gap) => gap[2] & 4), bar('gap near'), 'the record is only near complete: a visit may be missing'],
    [gaps.some((gap) => !(gap[2] & 2) && gap[1] >= 0), bar('gap broken'), 'at most so long: the record may lack a visit in between'],
  ];
  menu('p_legend').replaceChildren(...items.filter(([shown]) => shown).map(([, picture, text]) => element('li', {}, picture, text)));
}

function narrow() {
  state.at = state.chosen;
  state.whose = Number(menu('p_whose').value) || 0;
  state.actor = menu('p_actor').value;
  state.kind = menu('p_kind').value;
  state.words = wordsAsked(menu('p_search').value);
  const wanted = (event) => found(event) && (!state.whose || counts(event)) && (!state.actor || (event.lane >= 0 && shownLane(event.lane)));
  let rows = 0;
  for (const event of events) {
    const hidden = !wanted(event);
    const row = document.getElementById(event.id);
    if (row && row.hidden !== hidden) row.hidden = hidden;
    rows += hidden ? 0 : 1;
  }
  for (const decade of document.querySelectorAll('.decade')) decade.hidden = !decade.querySelector('tbody tr:not([hidden])');
  tell(rows);
  fillLegend();
  redraw();
}

function tell(rows) {
  const { all } = lanesShown();
  const whose = state.whose ? `${record.whose[state.whose].label}: ` : '';
  const faint = searching() ? '; what the search does not find is faint, and the gaps stay those of all visits' : '';
  menu('p_count').textContent = `${whose}${counted(rows, 'event')} in ${counted(all, 'lane')}${faint}.`;
  const told = menu('p_rows');
  if (told) told.textContent = rows < events.length ? `${rows.toLocaleString('en')} of ${counted(events.length, 'event')} shown, as chosen above.` : '';
}

function start() {
  menu('p_off').hidden = true;
  if (!events.length) return;
  menu('p_drawing').hidden = false;
  fillMenus();
  fillLegend();
  tell(events.length);
  for (const id of ['p_whose', 'p_actor', 'p_kind']) menu(id).addEventListener('change', narrow);
  let typing;
  menu('p_search').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(narrow, 120);
  });
  menu('p_controls').addEventListener('submit', (event) => event.preventDefault());
  menu('p_in').addEventListener('click', () => zoom(2, events[state.chosen]?.middle));
  menu('p_out').addEventListener('click', () => zoom(0.5, events[state.chosen]?.middle));
  menu('p_all').addEventListener('click', () => view(everything.from, everything.to));
  menu('p_more').addEventListener('click', () => {
    state.lanes += 50;
    redraw();
  });
  steerByPointer();
  steerByKeys();
  addEventListener('hashchange', followAddress);
  new ResizeObserver(redraw).observe(chart);
  addEventListener('beforeprint', () => draw(PAPER));
  addEventListener('afterprint', () => draw());
  draw();
  if (document.readyState === 'complete') followAddress();
  else addEventListener('load', followAddress); // after the browser has gone to the row of the table
  performance.mark('drawn');
}

start();
