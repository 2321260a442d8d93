// The normal form of a text and its fingerprint, the same as plandata.text has them in Python. A plain script and a
// SHA-256 of its own: pages opened as files have neither modules nor crypto.subtle.
const pdText = (() => {
  // What Python's str.isspace takes for white space, and the invisible characters (Cf, Cc).
  const UNSEEN = /[\p{Z}\p{Cf}\p{Cc}]/gu

  /** NFKC without white space and invisible characters. */
  const normalise = text => text.normalize("NFKC").replace(UNSEEN, "")

  // FIPS 180-4: the fractional parts of the roots of the first primes, square ones of eight, cubic ones of all.
  const PRIMES = Array.from({ length: 310 }, (_, n) => n + 2).filter(n => Array.from({ length: n - 2 }, (_, m) => m + 2).every(m => n % m)).slice(0, 64)
  const fraction = root => ((root - Math.floor(root)) * 2 ** 32) | 0
  const START = PRIMES.slice(0, 8).map(prime => fraction(Math.sqrt(prime)))
  const K = PRIMES.map(prime => fraction(Math.cbrt(prime)))
  const BLOCK = 64, words = new Int32Array(BLOCK)
  const turned = (word, by) => (word >>> by) | (word << (32 - by))

  /** A hash that bytes are fed into, and that can be read at any time: how items are found at every length. */
  const hashing = () => ({ state: Int32Array.from(START), rest: new Uint8Array(BLOCK), length: 0 })

  // Plain assignments: swapping by arrays takes several times as long.
  function compress(state, bytes, at) {
    for (let i = 0, j = at; i < 16; i++, j += 4) words[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3]
    for (let i = 16; i < BLOCK; i++) {
      const early = words[i - 15], late = words[i - 2]
      words[i] = words[i - 16] + words[i - 7] + (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10))
    }
    let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7]
    for (let i = 0; i < BLOCK; i++) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + one) | 0
      d = c
      c = b
      b = a
      a = (one + two) | 0
    }
    state[0] += a
    state[1] += b
    state[2] += c
    state[3] += d
    state[4] += e
    state[5] += f
    state[6] += g
    state[7] += h
  }

  /** Feeds bytes into a hash. */
  function feed(hash, bytes) {
    let at = 0, held = hash.length % BLOCK
    hash.length += bytes.length
    if (held) {
      at = Math.min(BLOCK - held, bytes.length)
      hash.rest.set(bytes.subarray(0, at), held)
      held += at
      if (held < BLOCK) return
      compress(hash.state, hash.rest, 0)
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) compress(hash.state, bytes, at)
    hash.rest.set(bytes.subarray(at))
  }

  /** The hash of all that was fed, as eight words; more may be fed afterwards. */
  function digest({ state, rest, length }) {
    const held = length % BLOCK, tail = new Uint8Array(held < 56 ? BLOCK : 2 * BLOCK), final = state.slice()
    tail.set(rest.subarray(0, held))
    tail[held] = 0x80
    new DataView(tail.buffer).setBigUint64(tail.length - 8, BigInt(length) * 8n)
    for (let at = 0; at < tail.length; at += BLOCK) compress(final, tail, at)
    return final
  }

  /** A hash as 64 hexadecimal digits. */
  const hex = hash => Array.from(hash, word => (word >>> 0).toString(16).padStart(8, "0")).join("")

  // Half a character (a lone surrogate) is U+FFFD in bytes, as it would be in a file.
  const bytesOf = text => new TextEncoder().encode(text)

  /** The SHA-256 of a text's normal form. */
  function fingerprint(text) {
    const hash = hashing()
    feed(hash, bytesOf(normalise(text)))
    return hex(digest(hash))
  }

  return { normalise, fingerprint, hashing, feed, digest, hex, bytesOf }
})()
