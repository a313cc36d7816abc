// What is known of the chosen event, under the drawing.

const detail = document.getElementById('p_detail');

function element(name, attributes, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
}

const part = (heading, items) => (items.length ? [element('div', {}, element('h4', {}, heading), element('ul', {}, ...items.map((item) => element('li', {}, ...[item].flat()))))] : []);
const inner = (id, text) => element('a', { href: `#${id}` }, text);
const linked = ([text, url]) => (/^https?:\/\//i.test(url || '') ? element('a', { href: url, rel: 'noopener noreferrer' }, text) : text);

function showDetail() {
  const event = events[state.chosen];
  detail.hidden = !event;
  if (!event) return;
  const where = event.lane < 0 ? event.direction : laneNames[event.lane];
  const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×');
  close.addEventListener('click', () => choose(-1, { focus: true }));
  const told = (name, ...texts) => (texts.some(Boolean) ? [element('p', { class: name }, texts.filter(Boolean).join(' · '))] : []);
  detail.replaceChildren(
    close,
    element('h3', {}, event.name),
    ...told('when', event.date, where, event.kind || event.type, event.status, event.places),
    ...told('lead', event.office, event.occasion),
    element('div', { class: 'parts' }, ...saidOf(event), ...besideOf(event), ...claimsOf(event), ...part('Sources', event.sources ? event.sources.map(linked) : ['None is named.'])),
    facts(event),
  );
  detail.scrollTop = 0;
}

function facts(event) {
  const people = event.people || [];
  const known = [['party', people.length > 1 || event.type ? people : []], ['met', event.met], ['tags', event.tags], ['support', event.weak], ['note', event.note], ['id', event.id]];
  const list = element('dl', {});
  for (const [name, text] of known) if (text?.length) list.append(element('dt', {}, name), ...[text].flat().map((one) => element('dd', {}, one)));
  return list;
}

const besideOf = (event) => part(`Before and after, counting ${record.whose[0].label.toLowerCase()}`, (event.beside || []).map(([words, i]) => (i < 0 ? words : [`${words} `, inner(events[i].id, `${events[i].name}, ${events[i].date}`)])));

// Firsts were sought for some visits only: where they were not, the page says how to ask.
function saidOf(event) {
  if (event.said) return part('What can be said', event.said.length ? event.said : ['No superlative that the record bears out.']);
  const asked = event.lane >= 0 && event.who.includes(0);
  return asked ? part('What can be said', [['not worked out here: ', element('code', {}, `timeline firsts ${event.id}`)]]) : [];
}

const claimsOf = (event) => part('What has been said', record.claims.filter(([about]) => about === event.id).map(([, verdict, text, why]) => [element('b', {}, verdict), ` “${text}”: ${why}`]));
