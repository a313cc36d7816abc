// The record as it came with the page, and what of it is asked for.

const record = JSON.parse(document.getElementById('p_data').textContent);
const { events } = record;
const number = new Map(events.map((event, i) => [event.id, i]));

events.forEach((event) => {
  event.who ||= [];
  event.first = event.from ?? event.to; // an open end is drawn where the known one is
  event.last = event.to ?? event.from;
  event.middle = (event.first + event.last) / 2;
});

const laneNames = record.lanes.map(([name]) => name);
const byLane = record.lanes.map(() => []);
const context = [];
events.forEach((event) => (event.lane < 0 ? context : byLane[event.lane]).push(event));

const everything = (() => {
  const days = events.flatMap((event) => [event.first, event.last]);
  const from = days.reduce((a, b) => Math.min(a, b), record.asOf);
  const to = days.reduce((a, b) => Math.max(a, b), record.asOf);
  const edge = Math.max(90, (to - from) * 0.015);
  return { from: from - edge, to: to + edge };
})();

const LANES = 24; // drawn at first; a button shows more
// `at` is the event that keys go on from, and whose mark has the focus: the one chosen, or, where that was closed by keys, the last.
const state = { whose: 0, actor: '', kind: '', words: [], from: everything.from, to: everything.to, chosen: -1, at: -1, under: -1, lanes: LANES };

// What a search looks through, made when it is first needed: names in every spelling, offices, places, occasion, notes, sources.
function textOf(event) {
  if (event.text === undefined) {
    const sides = event.lane < 0 ? [event.direction] : laneNames[event.lane].split(' → ');
    const names = [event.name, ...(event.people || []).map((person) => person.split(', ')[0])];
    const others = [...names, ...(event.met || '').split(', '), ...sides].flatMap((name) => record.aliases[name] || []);
    const sources = (event.sources || []).flatMap(([text, url]) => [text, (url || '').split('/')[2]?.replace(/^www\./, '')]);
    event.text = [event.id, event.date, ...names, ...sides, ...others, ...(event.people || []), event.office, event.places, event.met, event.occasion, event.note, event.tags, event.kind, event.type, ...sources].filter(Boolean).map(spaced).join('|');
  }
  return event.text;
}

const searching = () => state.words.length > 0 || state.kind !== '';
const found = (event) => (!state.kind || (event.kind || event.type || '') === state.kind) && state.words.every((word) => textOf(event).includes(word));

// What is typed, as parts of such a text: a word is found where one starts, a phrase in quotes as it stands; what is written without spaces, anywhere.
function wordsAsked(text) {
  const parts = [...text.matchAll(/["“”„]([^"“”„]*)["“”„]?|[^\s"“”„]+/gu)];
  return parts.flatMap(([word, phrase]) => (phrase === undefined ? spaced(word).trim().split(' ').map(started) : [spaced(phrase)])).filter((part) => part.trim());
}
const started = (word) => (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word) ? word : ` ${word}`);

// Whether a visit counts among those of the people asked for; the others are drawn below the line.
const counts = (event) => event.who.includes(state.whose);
const shownLane = (lane) => !state.actor || record.lanes[lane][1] === state.actor || record.lanes[lane][2] === state.actor;

function lanesShown() {
  const all = record.lanes.map((_, lane) => lane).filter((lane) => shownLane(lane) && (!state.whose || byLane[lane].some(counts)));
  const some = all.slice(0, state.lanes);
  const event = events[state.at];
  if (event && event.lane >= 0 && !some.includes(event.lane)) some.push(event.lane);
  return { some, all: all.length };
}
