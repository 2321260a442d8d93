// The box "paste the text": says in the browser which document or item a text is, and which targets carry a figure.
// Nothing pasted leaves the page. What it knows comes as a script (assets/texts.js sets globalThis.pdTexts), since a
// page opened as a file may fetch nothing.
const pdCheck = (() => {
  const { normalise, fingerprint, hashing, feed, digest, hex, bytesOf } = pdText
  // The longest item that is looked for, in characters of the normal form and in sentences; the longest text in which
  // figures and parts of items are; the longest figure phrase; the most cells of a table's line; so many hits are shown.
  const ITEM = 1000, PARTS = 60, PASSAGE = 3000, PHRASE = 24, CELLS = 6, SHOWN = 100, RANKED = 8
  // Items that share less than this part of what the first one shares are not told.
  const NEAR = 3
  // So short a phrase without a digit (提高) stands in every other sentence.
  const WORD = 3
  // So long a script works before it lets the page breathe, in milliseconds.
  const TURN = 20
  const LINES = /[\n\r\t\v\f\u0085\u2028\u2029]+/
  // What may stand before an item, and is left out of its fingerprint: numbers, brackets, signs, 第 … 条, 目标1.
  const MARKS = /^[\d一二三四五六七八九十百〇零()〔〕\[\]、.,:;第章节条款是目标指标措施任务项工程行动◆◇●○■□▪•·★※▲—-]{0,10}/
  const SENTENCES = /[。;!?)]/g
  const NUMBERS = /\d+(?:\.\d+)?(?:\/10万)?/g
  const breathe = () => new Promise(resolve => setTimeout(resolve))

  /** The lines and cells of a text in normal form, none of them empty. */
  const pieces = text => text.split(LINES).map(normalise).filter(Boolean)

  /** Where an item may begin and where it may end in a text: at lines, also at sentences, behind numbers and signs. */
  function bounds(parts, sentences) {
    const text = parts.join(""), begins = new Set([0]), ends = new Set()
    let at = 0
    for (const part of parts) {
      begins.add(at)
      ends.add((at += part.length))
    }
    if (sentences) for (const { index } of text.matchAll(SENTENCES)) begins.add(index + 1), ends.add(index + 1)
    for (const begin of [...begins]) {
      const [marks] = text.slice(begin, begin + 10).match(MARKS)
      for (let n = 1; n <= marks.length; n++) begins.add(begin + n)
    }
    const sorted = places => [...places].sort((a, b) => a - b)
    return { begins: sorted(begins), ends: sorted(ends), bytes: bytesAt(text, sorted([...begins, ...ends])) }
  }

  /** What gives the bytes of a text between two of its places; the whole is made into bytes only once. */
  function bytesAt(text, places) {
    const whole = bytesOf(text), at = new Map()
    let byte = 0, before = 0
    for (const place of places) {
      byte += bytesOf(text.slice(before, place)).length
      at.set((before = place), byte)
    }
    return (begin, end) => whole.subarray(at.get(begin), at.get(end))
  }

  /** The items whose wording has a hash; its digits are made only where its first word is known. */
  const itemsOf = (hash, known) => known.get(hash[0])?.get(hex(hash))

  /** The longest known item that begins at a place and ends at one of ends from next on; null for none. */
  function itemAt(begin, { ends, bytes }, next, known) {
    const hash = hashing()
    const last = next + PARTS
    let longest = null, fed = begin
    for (; next < last && ends[next] - begin <= ITEM; next++) {
      const end = ends[next]
      feed(hash, bytes(fed, (fed = end)))
      const items = itemsOf(digest(hash), known)
      if (items) longest = { begin, end, items }
    }
    return longest
  }

  /**
   * The whole items in a text: where each begins and ends in its normal form, and which items have that wording.
   * In a long text with items at its lines none is looked for inside a line, which takes many times as long.
   */
  async function wholeItems(parts, known, stopped = () => false) {
    const long = parts.join("").length > PASSAGE
    const atLines = long ? await found(bounds(parts, false), known, stopped) : []
    const all = atLines.length ? atLines : await found(bounds(parts, true), known, stopped)
    return [...all, ...tableLines(parts, known)].sort((a, b) => a.begin - b.begin)
  }

  async function found(places, known, stopped) {
    const items = []
    let since = performance.now(), done = 0, next = 0
    for (const begin of places.begins) {
      if (begin < done) continue
      while (places.ends[next] <= begin) next++
      const item = itemAt(begin, places, next, known)
      if (item) items.push(item), (done = item.end)
      if (performance.now() - since < TURN) continue
      await breathe()
      if (stopped()) return []
      since = performance.now()
    }
    return items
  }

  function hashOf(normal) {
    const hash = hashing()
    feed(hash, bytesOf(normal))
    return digest(hash)
  }

  /** The lines of tables in a text, whose items are their cells with | between them. */
  function tableLines(parts, known) {
    const found = []
    let begin = 0
    parts.forEach((part, first) => {
      for (let cells = CELLS; cells > 1; cells--) {
        const own = parts.slice(first, first + cells)
        const items = own.length === cells && itemsOf(hashOf(own.join("|")), known)
        if (items) {
          found.push({ begin, end: begin + own.join("").length, items })
          break
        }
      }
      begin += part.length
    })
    return found
  }

  /** What of a text is in no item that was found. */
  function rest(text, found) {
    let at = 0, left = ""
    for (const { begin, end } of found) {
      left += `${text.slice(at, Math.max(at, begin))}\n`
      at = Math.max(at, end)
    }
    return left + text.slice(at)
  }

  /** Whether a phrase stands in a text without cutting one of its numbers in two; rates: nor 12 from 12/10万. */
  function stands(phrase, text, rates = true) {
    for (let begin = text.indexOf(phrase); begin >= 0; begin = text.indexOf(phrase, begin + 1)) {
      const end = begin + phrase.length
      const before = /\d/.test(phrase[0]) && /(?:\d|\d\.|\d\/)$/.test(text.slice(0, begin))
      const behind = /\d/.test(phrase.at(-1)) && (rates ? /^(?:\.?\d|\/10万)/ : /^\.?\d/).test(text.slice(end))
      if (!before && !behind) return true
    }
    return false
  }

  /**
   * The coded figures that a passage carries; of a short one also those that carry it, the shortest first; where there
   * are none those that these pages word so (≤ 12 per 100,000), else those with one of its numbers.
   */
  function figuresIn(text, figures) {
    const short = text.length <= PHRASE
    const telling = figures.filter(([phrase]) => short || phrase.length > WORD || /\d/.test(phrase))
    const own = telling.filter(([phrase]) => stands(phrase, text) || (short && stands(text, phrase, false)))
    if (own.length && short) own.sort(([a], [b]) => Math.abs(a.length - text.length) - Math.abs(b.length - text.length))
    if (own.length || !short) return { same: own, near: [] }
    const worded = figures.filter(([, , target, what]) => target && Object.values(what).some(said => stands(text, normalise(said), false)))
    if (worded.length) return { same: [], near: worded }
    const numbers = text.match(NUMBERS) ?? []
    return { same: [], near: figures.filter(([phrase]) => numbers.some(number => stands(number, phrase, false))) }
  }

  /** The items whose figures and names stand in a text, those with the most and the rarest first. */
  function likely(text, { items, figures, names }) {
    const holders = new Map(Object.entries(names).map(([name, own]) => [name, new Set(own)]))
    for (const [phrase, item] of figures) (holders.get(phrase) ?? holders.set(phrase, new Set()).get(phrase)).add(item)
    const score = new Map()
    for (const [phrase, own] of holders) {
      if (!stands(phrase, text)) continue
      for (const item of own) {
        const told = score.get(item) ?? score.set(item, { item, worth: 0, phrases: [] }).get(item)
        told.worth += Math.log(items.length / own.size) + phrase.length / 10
        told.phrases.push(phrase)
      }
    }
    const ranked = [...score.values()].sort((a, b) => b.worth - a.worth || a.item - b.item)
    return ranked.filter(({ worth }) => worth > ranked[0].worth / NEAR).slice(0, RANKED)
  }

  /** The items of an index by the first word of the fingerprint of their wording, with the whole of it. */
  function byFingerprint({ items }) {
    const known = new Map()
    items.forEach(({ sha256 }, item) => {
      const first = parseInt(sha256.slice(0, 8), 16) | 0, alike = known.get(first) ?? known.set(first, new Map()).get(first)
      alike.set(sha256, [...(alike.get(sha256) ?? []), item])
    })
    return known
  }

  return { normalise, fingerprint, pieces, wholeItems, rest, figuresIn, likely, byFingerprint, PASSAGE, PHRASE, SHOWN }
})()

{
  const { pdElement: element, pdLoaded: loaded, pdPage } = globalThis
  const box = document.getElementById("pd-check"), answer = document.getElementById("pd-answer")
  const pasted = box?.querySelector("textarea")
  const said = box?.querySelector("[role=status]")
  const words = box && JSON.parse(document.getElementById("pd-check-words").textContent)
  let index, turn = 0, waiting

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

  /** The index, loaded when it is first asked for. */
  const load = () => (index ??= loaded(box.dataset.index).then(
    () => ({ ...globalThis.pdTexts, known: pdCheck.byFingerprint(globalThis.pdTexts) }),
    error => { index = undefined; throw error },
  ))

  function link(path, text) {
    return element("a", { href: box.dataset.up + pdPage(path), textContent: text })
  }
  const titled = thing => thing[words.lang] || thing.zh
  const quiet = text => element("span", { className: "pd-quiet", textContent: text })
  const documentLink = document => link(`documents/${document.id}/`, titled(document))
  const itemLink = item => link(`plans/${item.plan}/#${item.id}`, `${item.number ? `${item.number} ` : ""}${titled(item)}`)
  const planOf = (item, data) => quiet(` ${titled(data.plans[item.plan])}`)
  const quoted = text => element("q", { lang: "zh-Hans", textContent: text })
  const list = entries => element("ul", {}, ...entries.map(entry => element("li", {}, ...entry)))

  function section(title, ...parts) {
    return element("section", {}, element("h3", { textContent: title }), ...parts)
  }

  /** That the text is one of the documents, and whether it is that of this page. */
  function verdict(document) {
    const here = box.dataset.document, told = here && here !== document.id ? words.another : words.same
    return element("p", { className: "pd-verdict" }, element("strong", { textContent: told }), " ", documentLink(document))
  }

  const printOf = sha256 => element("p", {}, `${words.fingerprint} `, element("code", { className: "pd-hash", textContent: sha256 }))

  /** The items that were found, each document's own under its title. */
  function items(found, data) {
    const own = [...new Set(found.flatMap(({ items }) => items))]
    return section(
      filled(words.items, { n: found.length }),
      ...data.documents.map((document, n) => [document, own.filter(item => data.items[item].document === n)])
        .filter(([, of]) => of.length)
        .map(([document, of]) => element(
          "details", { open: own.length <= 20 },
          element("summary", { textContent: filled(words.of, { n: of.length, all: document.items, title: titled(document) }) }),
          list(of.map(item => [itemLink(data.items[item]), planOf(data.items[item], data)])),
        )),
    )
  }

  function figure([phrase, item, target, what], data) {
    const on = data.items[item]
    if (!target) return [quoted(phrase), " ", quiet(`${words.rejected} ${titled(data.reasons[what])} · `), itemLink(on), planOf(on, data)]
    return [quoted(phrase), " ", link(`plans/${on.plan}/#${target}`, titled(what)), planOf(on, data)]
  }

  /** The targets and the other numbers that carry a figure of the text. */
  function figures(text, { same, near }, data) {
    const told = same.length ? same : near
    if (!told.length) return /\d/.test(text) ? [section(words.figures, element("p", { textContent: words.nowhere }))] : []
    const more = told.length > pdCheck.SHOWN ? [element("p", { textContent: filled(words.more, { n: told.length - pdCheck.SHOWN }) })] : []
    const entries = told.slice(0, pdCheck.SHOWN).map(own => figure(own, data))
    return [section(filled(same.length ? words.carried : words.near, { n: told.length }), list(entries), ...more)]
  }

  /** The items that a part of an item may be from. */
  function parts(text, data) {
    const told = pdCheck.likely(text, data)
    if (!told.length) return []
    const entries = told.map(({ item, phrases }) => {
      const marks = phrases.flatMap((phrase, n) => [n ? words.comma : "", quoted(phrase)])
      return [itemLink(data.items[item]), planOf(data.items[item], data), element("br"), quiet(`${words.shares} `), ...marks]
    })
    return [section(words.likely, element("p", { textContent: words.hash }), list(entries))]
  }

  /** Shows an answer; only its headings are read out. */
  function tell(parts) {
    answer.replaceChildren(...parts)
    said.textContent = [...answer.querySelectorAll(".pd-verdict, h3, .pd-failed")].map(part => part.textContent).join(" ")
    answer.setAttribute("aria-busy", "false")
  }

  /** What is said of a text that is no document as a whole; of a mere phrase not that it is none. */
  function passage(text, sha256, found, data) {
    const short = text.length <= pdCheck.PHRASE
    const none = element("p", { className: "pd-verdict", textContent: found.length ? words.part : words.different })
    const parted = [...(short && !found.length ? [] : [none, printOf(sha256)]), ...(found.length ? [items(found, data)] : [])]
    if (text.length > pdCheck.PASSAGE) return [...parted, element("p", { textContent: words.long })]
    const carried = pdCheck.figuresIn(text, data.figures)
    const left = short && carried.same.length ? [] : parts(pdCheck.rest(text, found), data)
    const told = [...parted, ...figures(text, carried, data), ...left]
    return told.length ? told : [none]
  }

  async function check() {
    const own = ++turn, lines = pdCheck.pieces(pasted.value)
    if (!lines.length) return tell([])
    answer.replaceChildren(element("p", { textContent: words.looking }))
    try {
      const data = await load(), sha256 = pdCheck.fingerprint(pasted.value)
      const document = data.documents.find(each => each.sha256 === sha256)
      if (document) return tell([verdict(document), printOf(sha256)])
      const found = await pdCheck.wholeItems(lines, data.known, () => own !== turn)
      if (own === turn) tell(passage(lines.join(""), sha256, found, data))
    } catch {
      tell([element("p", { className: "pd-failed", textContent: words.failed })])
    }
  }

  pasted?.addEventListener("input", () => {
    answer.setAttribute("aria-busy", "true")
    clearTimeout(waiting)
    waiting = setTimeout(check, 200)
  })
}
