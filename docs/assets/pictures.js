// What figures and explained words do beyond links: a picture as PNG, and meanings that open when a word is
// pointed at or reached by the keyboard. Without this script a meaning opens by a click.
const SCALE = 2

async function loaded(address) {
  const text = await (await fetch(address)).text()
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  return image
}

async function save(address) {
  const image = await loaded(address)
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width * SCALE, height: image.height * SCALE })
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
  const link = document.createElement("a")
  link.href = canvas.toDataURL("image/png")
  link.download = new URL(address, location.href).pathname.split("/").pop().replace(/svg$/, "png")
  link.click()
}

for (const button of document.querySelectorAll(".pd-png")) {
  // A page opened as a file may not read the drawing.
  button.hidden = location.protocol === "file:"
  button.addEventListener("click", () => save(button.dataset.svg))
}

// A meaning stands below its word, or above it where the screen ends, and inside the screen.
function place(meaning, word) {
  const at = word.getBoundingClientRect(), size = meaning.getBoundingClientRect(), edge = 8
  const below = at.bottom + 4 + size.height < innerHeight
  meaning.style.top = `${below ? at.bottom + 4 : Math.max(at.top - size.height - 4, edge)}px`
  meaning.style.left = `${Math.max(Math.min(at.left, innerWidth - size.width - edge), edge)}px`
}

for (const word of document.querySelectorAll(".pd-term")) {
  const meaning = document.getElementById(word.getAttribute("popovertarget"))
  if (!meaning.showPopover) continue
  // The wait lets the pointer reach the meaning, which stays open below it.
  let closing = 0
  const show = () => {
    clearTimeout(closing)
    if (!meaning.matches(":popover-open")) meaning.showPopover()
    place(meaning, word)
  }
  const hide = () => { closing = setTimeout(() => meaning.matches(":popover-open") && meaning.hidePopover(), 150) }
  for (const part of [word, meaning]) {
    part.addEventListener("pointerenter", event => event.pointerType === "mouse" && show())
    part.addEventListener("pointerleave", event => event.pointerType === "mouse" && hide())
  }
  word.addEventListener("focus", () => word.matches(":focus-visible") && show())
  word.addEventListener("blur", hide)
  addEventListener("scroll", () => meaning.matches(":popover-open") && place(meaning, word), { passive: true })
  // A click opens what is closed; what pointing at it has opened it leaves open.
  word.addEventListener("click", event => { event.preventDefault(); show() })
}
