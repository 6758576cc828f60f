#include "app/endpoint/page/status_page.h"

namespace bordereau::app::endpoint {

// Colours are told apart by lightness as well, and every one has its word beside it.
std::string_view status_style() {
    return R"css(:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --text: #1b1f24; --faint: #57606a; --line: #d5d9de; --warn: #a3280f;
  --draft: #9aa4b0; --finalized: #3b7dd8; --has: #d98a00; --edited: #7a5bd0; --approved: #1d7f4b; --rejected: #8c1d18;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --card: #1d2126; --text: #e6e9ed; --faint: #a3adb8; --line: #353c45; --warn: #ff9c85;
    --draft: #77828f; --finalized: #6aa5f2; --has: #f0b04a; --edited: #ab93f0; --approved: #52b883; --rejected: #e0645c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0; }
ul { list-style: none; margin: 0; padding: 0; }
.faint, time, code, .role { color: var(--faint); }
.warn { color: var(--warn); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin: 1rem 0; }
.bar { display: block; width: 100%; height: .8rem; margin: .5rem 0; border-radius: 4px; }
.states { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
.key { display: inline-block; width: .75rem; height: .75rem; margin-right: .4rem; border-radius: 2px; }
rect.draft { fill: var(--draft); } .key.draft { background: var(--draft); }
rect.finalized { fill: var(--finalized); } .key.finalized { background: var(--finalized); }
rect.hasIssues { fill: var(--has); } .key.hasIssues { background: var(--has); }
rect.edited { fill: var(--edited); } .key.edited { background: var(--edited); }
rect.approved { fill: var(--approved); } .key.approved { background: var(--approved); }
rect.rejected { fill: var(--rejected); } .key.rejected { background: var(--rejected); }
.devices li { display: grid; grid-template-columns: minmax(8rem, 2fr) 1fr 1fr; gap: .25rem 1rem;
  padding: .4rem 0; border-top: 1px solid var(--line); align-items: baseline; }
.devices .who { font-weight: 600; overflow-wrap: anywhere; }
.devices li.revoked .who { text-decoration: line-through; }
.devices code { grid-column: 1 / -1; font-size: .8rem; overflow-wrap: anywhere; }
.troubles li { padding: .4rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.troubles li:first-child { border-top: 0; }
label { display: block; margin-bottom: .5rem; }
input, button { font: inherit; color: inherit; padding: .4rem .6rem; border: 1px solid var(--faint);
  border-radius: 6px; background: var(--page); max-width: 100%; }
@media (max-width: 40rem) {
  main { padding: .5rem; }
  .devices li { grid-template-columns: 1fr 1fr; }
  .devices .who { grid-column: 1 / -1; }
}
)css";
}

}  // namespace bordereau::app::endpoint
