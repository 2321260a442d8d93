// Light or dark as the reader chose it on the pages of the theme, which keep it there; else as the system has it.
{
  const system = matchMedia("(prefers-color-scheme: dark)")
  const chosen = () => {
    try { return JSON.parse(localStorage.getItem("/.__palette"))?.color ?? {} } catch { return {} }
  }
  const show = () => {
    const { media = "(prefers-color-scheme)", scheme } = chosen()
    const dark = media === "(prefers-color-scheme)" ? system.matches : scheme === "slate"
    document.body?.setAttribute("data-md-color-scheme", dark ? "slate" : "default")
  }
  new MutationObserver((_, watching) => { if (document.body) { watching.disconnect(); show() } }).observe(document.documentElement, { childList: true })
  system.addEventListener("change", show)
}
