// Bytes of a terminal in raw mode, told apart: keys, pasted text, and sequences of keys that mean nothing here.

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
/** CSI and SS3 sequences: arrows, function keys, focus. Or the beginning of one. */
// oxlint-disable-next-line no-control-regex
const sequence = /^\u001b(?:\[[0-9;?<]*[ -/]*[@-~]|O.)/u;
// oxlint-disable-next-line no-control-regex
const unfinished = /^\u001b(?:\[[0-9;?<]*|O)?$/u;

/**
 * Give it what was read; it answers the inputs: a single symbol is a key, a longer text was pasted. What stood between
 * the terminal's paste marks ends in `\r`, as if Enter had followed.
 */
export function keyParser(): (chunk: string) => readonly string[] {
  let pending = '';
  return (chunk) => {
    let rest = pending + chunk;
    pending = '';
    const inputs: string[] = [];
    let plain = '';
    const flush = (): void => {
      if (plain !== '') inputs.push(...split(plain));
      plain = '';
    };
    while (rest !== '') {
      if (rest.startsWith(pasteStart)) {
        const end = rest.indexOf(pasteEnd);
        if (end === -1) {
          pending = rest;
          break;
        }
        flush();
        inputs.push(`${withoutControls(rest.slice(pasteStart.length, end))}\r`);
        rest = rest.slice(end + pasteEnd.length);
      } else if (rest.startsWith('\u001b')) {
        const found = sequence.exec(rest);
        if (found === null && unfinished.test(rest)) {
          pending = rest;
          break;
        }
        rest = rest.slice(found === null ? 1 : found[0].length);
      } else {
        const [symbol = ''] = rest;
        plain += symbol;
        rest = rest.slice(symbol.length);
      }
    }
    flush();
    return inputs;
  };
}

/** A lone symbol or a control key is a key; more at once, from a terminal that does not mark pastes, is a text. */
function split(text: string): readonly string[] {
  // oxlint-disable-next-line no-control-regex
  return text.match(/[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/gu) ?? [];
}

function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f]+/gu, ' ').trim();
}
