"""How a reading list looks: on a wide screen and on a phone, in the light, in the dark and on paper."""

from collections.abc import Iterable

STYLE = """
:root { color-scheme: light dark; --ground: #fdfdfb; --raised: #f2f1ec; --ink: #1d2126; --soft: #565d66;
  --line: #d8d6cd; --link: #0b4f8a; --warn: #9a2418 }
html { font-size: 106.25%; -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.55; overflow-wrap: anywhere;
  font-family: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, "Noto Serif", serif }
header, main, footer { max-width: 44rem; margin: 0 auto; padding: 0 1.25rem }
header { padding-top: 2.25rem }
footer { padding-top: 1rem; padding-bottom: 3rem; color: var(--soft); font-size: 0.9rem }
h1, h2, h3 { line-height: 1.2; margin: 0; text-wrap: balance }
h1 { font-size: 2rem }
h2 { font-size: 1.35rem }
h3 { font-size: 1.15rem }
p { margin: 0 }
header p { margin-top: 0.75rem }
a { color: var(--link); text-underline-offset: 0.15em }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
[hidden] { display: none }
.skip { position: absolute; inset-inline-start: 0.5rem; top: -5rem; padding: 0.5rem 1rem; background: var(--ground) }
.skip:focus { top: 0.5rem }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.smallcaps { font-variant: small-caps }
.normal { font-style: normal }

.tools, button, input, summary, .told, .about, .number { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans",
  "DejaVu Sans", sans-serif }
.tools { margin-top: 1.75rem; font-size: 0.95rem }
label { display: block; font-weight: 600; margin-bottom: 0.35rem }
input { box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: 0.4rem 0.75rem; font-size: 1rem;
  color: var(--ink); background: var(--ground); border: 1px solid var(--soft); border-radius: 0.4rem }
summary { font-weight: 600; padding: 0.6rem 0; cursor: pointer }
.tools ul { list-style: none; margin: 0; padding: 0.1rem; display: flex; flex-wrap: wrap; gap: 0.4rem }
.tools li a, .tools button { display: block; box-sizing: border-box; min-height: 2.4rem; padding: 0.4rem 0.75rem;
  border: 1px solid var(--line); border-radius: 0.4rem; background: var(--raised); color: var(--ink);
  font-size: 0.95rem; line-height: 1.4; text-align: start; text-decoration: none; cursor: pointer }
.tools li a:hover, .tools button:hover, .all:hover { border-color: var(--link) }
.tools [aria-pressed=true] { background: var(--link); border-color: var(--link); color: var(--ground) }
.tools [aria-pressed=true]::before { content: "\\2713\\00a0"; content: "\\2713\\00a0" / "" }
.number { margin-inline-start: 0.4em; color: var(--soft); font-size: 0.85em; font-variant-numeric: tabular-nums }
[aria-pressed=true] .number { color: inherit }

.works { margin-top: 2rem }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem; min-height: 2.75rem }
.told { color: var(--soft); font-size: 0.95rem }
.all { min-height: 2.4rem; padding: 0.3rem 0.9rem; font-size: 0.95rem; color: var(--link); background: var(--ground);
  border: 1px solid var(--line); border-radius: 0.4rem; cursor: pointer }
.panel { margin: 0.75rem 0; padding: 0.9rem 1.1rem; background: var(--raised); border-radius: 0.4rem;
  scroll-margin-top: 1rem }
.panel p { margin-top: 0.4rem }
.list { list-style: none; margin: 0.5rem 0 0; padding: 0 }
/* As list items they would be counted anew, each from the first, whenever one goes. */
.list > li:not([hidden]) { display: block }
.list > li { padding: 0.85rem 0.25rem; border-top: 1px solid var(--line); scroll-margin-top: 0.5rem;
  content-visibility: auto; contain-intrinsic-size: auto 11rem }
.list > li:target { background: var(--raised) }
.list p, blockquote { margin: 0.45rem 0 0; margin-inline-start: 2rem }
.list .entry { margin: 0; padding-inline-start: 2rem; text-indent: -2rem }
.list .warned { color: var(--warn); font-weight: 700 }
blockquote { padding-inline-start: 0.9em; border-inline-start: 3px solid var(--line) }
.list blockquote p { margin: 0 }
.list blockquote p + p, .note p + p { margin-top: 0.45rem }
.list .plainly { font-style: italic }
.about { font-size: 0.9rem; color: var(--soft) }
.about a { display: inline-block; padding: 0.15rem 0 }
.unscripted { display: none }

@media (min-width: 64rem) {
  header, main, footer { max-width: 66rem }
  main { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 0 3rem; align-items: start }
  .tools { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; box-sizing: border-box;
    padding: 0.25rem 0.35rem 1rem; margin-inline-start: -0.35rem; scrollbar-width: thin }
  .tools ul { display: block }
  .tools li a, .tools button { display: flex; justify-content: space-between; width: 100%; min-height: 2rem;
    padding: 0.25rem 0.6rem; background: var(--ground); border-color: transparent }
  .tools bdi { flex: 1 }
  .works { max-width: 44rem; margin-top: 1.75rem }
  footer { padding-inline-start: calc(1.25rem + 20rem); box-sizing: border-box }
}
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --raised: #20252b; --ink: #e9e6df; --soft: #a9b0b8; --line: #3a4149; --link: #8fc1f2;
    --warn: #ff9c8e }
}
@media (forced-colors: active) {
  .tools [aria-pressed=true] { border-width: 3px }
}
@media print {
  :root { --ground: #ffffff; --raised: #ffffff; --ink: #000000; --soft: #333333; --link: #000000; --warn: #000000 }
  html { font-size: 11pt }
  header, main, footer { display: block; max-width: none; padding: 0 }
  .tools, .skip, .all, .unscripted { display: none }
  .works { max-width: none; margin-top: 1rem }
  .panel { padding: 0; outline: none }
  .list > li { content-visibility: visible; break-inside: avoid }
  h1, h2, h3 { break-after: avoid }
  .about a { text-decoration: none }
}
"""

_UNSCRIPTED = ".panel:target, .unscripted { display: block }\n"


def unscripted(classes: Iterable[str]) -> str:
    """The rules for a browser that runs no script: a concept's address leaves only its works in sight.

    `classes` are those that a concept's panel and its works have in common.
    """
    rules = (f"body:has(.panel.{name}:target) .list > li:not(.{name}) {{ display: none }}\n" for name in classes)
    return _UNSCRIPTED + "".join(rules)
