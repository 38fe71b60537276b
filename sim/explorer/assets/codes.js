/**
 * Codes that are typed or read aloud: a prefix with a version, groups of four letters and digits
 * (Crockford's, without I, L, O and U), and a check that finds a typing error.
 */
explorer.codes = (() => {
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const ALIKE = { I: "1", L: "1", O: "0" };

  /** Whole numbers from 0 to 2⁵³ - 1, each as bytes of seven bits. */
  const toBytes = (numbers) =>
    numbers.flatMap((number) => {
      const bytes = [];
      for (let rest = number; ; rest = Math.floor(rest / 128)) {
        bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
        if (rest < 128) return bytes;
      }
    });

  const fromBytes = (bytes) => {
    const numbers = [];
    let number = 0,
      place = 1;
    for (const byte of bytes) {
      number += (byte % 128) * place;
      place *= 128;
      if (byte < 128) {
        numbers.push(number);
        number = 0;
        place = 1;
      }
    }
    return numbers;
  };

  /** A check of two bytes (Fletcher). */
  const check = (bytes) => {
    let one = 1,
      two = 0;
    for (const byte of bytes) {
      one = (one + byte) % 251;
      two = (two + one) % 251;
    }
    return [one, two];
  };

  const toLetters = (bytes) => {
    let letters = "",
      bits = 0,
      held = 0;
    for (const byte of bytes) {
      held = (held << 8) | byte;
      for (bits += 8; bits >= 5; bits -= 5) letters += ALPHABET[(held >> (bits - 5)) & 31];
      held &= (1 << bits) - 1;
    }
    return bits ? letters + ALPHABET[(held << (5 - bits)) & 31] : letters;
  };

  const fromLetters = (letters) => {
    const bytes = [];
    let bits = 0,
      held = 0;
    for (const letter of letters) {
      held = (held << 5) | ALPHABET.indexOf(letter);
      bits += 5;
      if (bits >= 8) {
        bytes.push((held >> (bits - 8)) & 255);
        bits -= 8;
        held &= (1 << bits) - 1;
      }
    }
    return bytes;
  };

  /**
   * Numbers as a code such as `TL1-7Q2M-9X`.
   * @param {string} prefix letters that name the kind and the version
   * @param {number[]} numbers whole numbers, not negative
   */
  const encode = (prefix, numbers) => {
    const bytes = toBytes(numbers);
    const letters = toLetters([...bytes, ...check(bytes)]);
    return [prefix, ...letters.match(/.{1,4}/g)].join("-");
  };

  /**
   * The numbers of a code, or the reason why it cannot be read.
   * @returns {{numbers?: number[], version?: string, problem?: "form"|"version"|"check"}}
   */
  const decode = (kind, version, text) => {
    const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
    const alike = (letter) => ALIKE[letter] ?? letter;
    const head = plain.match(new RegExp(`^${kind}([0-9ILO])`));
    if (!head) return { problem: "form" };
    const written = alike(head[1]);
    if (written !== String(version)) return { problem: "version", version: written };
    const letters = [...plain.slice(head[0].length)].map(alike);
    if (letters.some((letter) => !ALPHABET.includes(letter))) return { problem: "form" };
    const bytes = fromLetters(letters);
    const body = bytes.slice(0, -2);
    // The last letter has bits to spare: only the letter that encode writes is right.
    const whole = toLetters(bytes) === letters.join("");
    const good =
      whole && bytes.length > 2 && check(body).every((byte, k) => byte === bytes.at(k - 2));
    return good ? { numbers: fromBytes(body) } : { problem: "check" };
  };

  /** A number with up to six decimals as two whole numbers, and back. */
  const split = (value) => {
    const text = Math.abs(value)
      .toFixed(6)
      .replace(/\.?0+$/, "");
    const decimals = text.split(".")[1]?.length ?? 0;
    return [decimals * 2 + (value < 0 ? 1 : 0), Math.round(Math.abs(value) * 10 ** decimals)];
  };
  const join = ([form, whole]) =>
    Number(`${form % 2 ? "-" : ""}${(whole / 10 ** (form >> 1)).toFixed(form >> 1)}`);

  return { encode, decode, split, join };
})();
