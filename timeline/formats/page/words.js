// Text: measured as it will be drawn, broken into lines, and folded for searching.

const FAMILY = getComputedStyle(document.documentElement).getPropertyValue('--sans');
const pen = document.createElement('canvas').getContext('2d');
const widths = new Map();

function widthOf(text, size, weight = 400) {
  const key = `${size} ${weight} ${text}`;
  if (!widths.has(key)) {
    pen.font = `${weight} ${size}px ${FAMILY}`;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

// Lines no wider than `most`. Words stay whole where they can; any other text breaks between characters.
function wrapped(text, size, weight, most) {
  const lines = [''];
  for (const word of text.split(/(?<=\s)/u)) {
    const last = lines[lines.length - 1];
    if (widthOf((last + word).trimEnd(), size, weight) <= most) lines[lines.length - 1] = last + word;
    else if (widthOf(word, size, weight) <= most) lines.push(word);
    else for (const part of word) {
      if (widthOf(lines[lines.length - 1] + part, size, weight) > most) lines.push('');
      lines[lines.length - 1] += part;
    }
  }
  return lines.filter((line) => line.trim());
}

// As `timeline` folds names: case, accents, dots and hyphens do not matter; `record.letters` has the letters that are no letter with an accent.
const unaccented = (text) => text.normalize('NFKC').normalize('NFD').replace(/\p{Mn}/gu, '').normalize('NFC').toLowerCase().replace(/[^\p{ASCII}]/gu, (letter) => record.letters[letter] ?? letter);
const fold = (text) => unaccented(text).replace(/[.'’‘`ʻʼʾʿ·]/g, '').replace(/[\s\-‐‑–_]+/g, ' ').trim();

// The same as words with a space around each, whatever else stood between them.
const spaced = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim()} `;

const counted = (number, noun) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
