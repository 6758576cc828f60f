#include "app/report/html.h"

#include <string_view>

#include "app/report/svg.h"
#include "storage/base/text.h"

namespace bordereau::report {
namespace {

// Logical properties (start, end) serve both directions of writing.
constexpr std::string_view kStyle = R"css(
:root { --ink: #1b1f24; --faint: #57606a; --line: #d0d7de; --accent: #1b4d5c; --ground: #f5f8f9; }
* { box-sizing: border-box; }
body { margin: 0; background: #e9edef; color: var(--ink);
  font: 16px/1.5 "Noto Sans", "Noto Sans Arabic", "Noto Sans SC", "DejaVu Sans", sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 36px 48px 64px; background: #fff; }
.banner { background: #7a1420; color: #fff; text-align: center; padding: 6px; font-weight: 600; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; color: var(--accent); }
h2 { font-size: 22px; line-height: 1.3; margin: 40px 0 8px; padding-bottom: 4px;
  border-bottom: 2px solid var(--accent); color: var(--accent); }
h3 { font-size: 17px; margin: 26px 0 6px; }
h4 { font-size: 15px; margin: 18px 0 4px; }
.subtitle { color: var(--faint); font-size: 18px; margin: 0 0 18px; }
p { margin: 8px 0; }
.note { color: var(--faint); font-size: 13.5px; }
.warning { border-inline-start: 4px solid #b26a00; background: #fff6e5; padding: 8px 12px; }
blockquote { margin: 10px 0; padding: 4px 14px; border-inline-start: 3px solid var(--line);
  white-space: pre-line; }
.sources { color: var(--faint); font-size: 11.5px; margin-inline-start: 6px; white-space: nowrap; }
dl.facts { display: grid; grid-template-columns: minmax(140px, max-content) 1fr; gap: 2px 18px;
  font-size: 14px; margin: 10px 0 20px; }
dl.facts dt { color: var(--faint); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
dl.tiles { display: grid; grid-template-columns: repeat(var(--tiles), 1fr); gap: 10px;
  margin: 14px 0 20px; }
dl.tiles div { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px;
  display: flex; flex-direction: column-reverse; justify-content: flex-end;
  background: var(--ground); }
dl.tiles dt { font-size: 13px; line-height: 1.3; color: var(--faint); }
dl.tiles dd { margin: 0; font-size: 25px; font-weight: 600; line-height: 1.3;
  color: var(--accent); }
table { border-collapse: collapse; width: 100%; font-size: 14px; margin: 10px 0 4px; }
caption { text-align: start; font-weight: 600; padding: 4px 0; }
th, td { border-bottom: 1px solid var(--line); padding: 5px 8px; text-align: start;
  vertical-align: top; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--faint); font-size: 13px; vertical-align: bottom; }
tbody th { font-weight: 400; }
.end { text-align: end; font-variant-numeric: tabular-nums; }
td.short { white-space: nowrap; }
td.hidden { background: repeating-linear-gradient(45deg, #fff, #fff 3px, #d5d9dd 3px,
  #d5d9dd 6px); }
td.hidden span { background: #fff; padding: 0 3px; }
td.insufficient { color: var(--faint); background: #eceff1; }
figure { margin: 18px 0; }
figcaption { font-weight: 600; margin-bottom: 6px; }
figure svg { max-width: 100%; height: auto; display: block; }
.page-break { height: 0; }
@media (max-width: 600px) { dl.tiles { grid-template-columns: 1fr 1fr; } main { padding: 20px 16px; } table { font-size: 13px; } }
@media print {
  @page { size: A4; margin: 16mm 15mm; }
  body { background: #fff; font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .page-break { break-after: page; }
  h2, h3, h4, figcaption, caption { break-after: avoid; }
  figure, tr, dl.tiles div, .warning { break-inside: avoid; }
  table, .note, dl.facts { font-size: 9pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .compact { font-size: 8.5pt; line-height: 1.35; }
  .compact h1 { font-size: 17pt; }
  .compact .subtitle { margin: 0 0 4px; font-size: 11pt; }
  .compact h2 { font-size: 12.5pt; margin: 6px 0 2px; }
  .compact h3 { font-size: 10pt; margin: 8px 0 2px; }
  .compact p, .compact ul { margin: 3px 0; }
  .compact figure { margin: 4px 0; }
  .compact figure.beside { display: grid; grid-template-columns: 58fr 42fr; column-gap: 14px;
    align-items: start; }
  .compact figure.beside p { grid-column: 1 / 3; order: 3; }
  .compact figure p { font-size: 7.5pt; margin: 1px 0; }
  .compact table { font-size: 7.5pt; margin: 2px 0; }
  .compact th, .compact td { padding: 1.5px 5px; }
  .compact thead th { font-size: 7.5pt; }
  .compact dl.tiles { grid: auto / auto-flow 1fr; gap: 6px; margin: 6px 0; }
  .compact dl.tiles div { padding: 4px 7px; }
  .compact dl.tiles dd { font-size: 13pt; }
  .compact dl.tiles dt { font-size: 7.5pt; }
  .compact .note, .compact dl.facts { font-size: 7.5pt; margin: 2px 0; }
  .compact dl.facts { grid-template-columns: max-content 1fr max-content 1fr; gap: 0 12px; }
}
)css";

constexpr std::size_t kShort = 12;  // bytes of a cell that is not broken: a date, a figure

std::string text(std::string_view plain) {
    return escape_markup(plain);
}

std::string tag(std::string_view name, std::string_view attributes, std::string_view content) {
    std::string out{"<"};
    out.append(name).append(attributes).append(">");
    out.append(content).append("</").append(name).append(">");
    return out;
}

std::string cell(const Cell& cell, const Column& column, bool reversed) {
    std::string classes = column.align == Align::end ? "end" : "";
    if (cell.text.size() <= kShort) classes += " short";
    if (cell.kind == Cell::Kind::hidden) classes += " hidden";
    if (cell.kind == Cell::Kind::insufficient) classes += " insufficient";
    const bool header = cell.kind == Cell::Kind::header;
    std::string attributes = header ? " scope=\"row\"" : "";
    if (!classes.empty()) attributes += " class=\"" + std::string{trimmed(classes)} + "\"";
    return tag(header ? "th" : "td", attributes,
               tag("span", reversed ? " dir=\"auto\"" : "", text(cell.text)));
}

class Writer {
public:
    explicit Writer(const Document& document) : document_(document) {}

    void operator()(const Heading& heading) {
        const std::string level{"h" + std::to_string(heading.level + 1)};
        line(tag(level, "", text(heading.text)));
    }

    void operator()(const Paragraph& paragraph) {
        using Kind = Paragraph::Kind;
        std::string content = text(paragraph.text);
        if (!paragraph.sources.empty()) content += " " + sources(paragraph);
        std::string attributes;
        if (paragraph.kind == Kind::note) attributes = " class=\"note\"";
        if (paragraph.kind == Kind::warning) attributes = " class=\"warning\"";
        if (!paragraph.language.empty())
            attributes += " lang=\"" + text(paragraph.language) + "\" dir=\"auto\"";
        line(tag(paragraph.kind == Kind::quotation ? "blockquote" : "p", attributes, content));
    }

    void operator()(const List& list) {
        std::string items;
        for (const std::string& item : list.items) items += tag("li", "", apart(item)) + "\n";
        line(tag(list.ordered ? "ol" : "ul", "", "\n" + items));
    }

    void operator()(const Table& table) { line(rendered(table)); }

    void operator()(const Figure& figure) {
        const Scene scene = reversed() ? mirrored(figure.scene) : figure.scene;
        const std::string id = "figure-" + std::to_string(++figures_);
        line(figure.title.empty() ? "<figure class=\"beside\">" : "<figure>");
        if (!figure.title.empty()) line(tag("figcaption", "", text(figure.title)));
        out += to_svg(scene, id, figure.alternative, document_.direction);
        line(tag("p", " class=\"note\"", text(figure.alternative)));
        line(rendered(figure.twin));
        line("</figure>");
    }

    void operator()(const Facts& facts) {
        const std::size_t across = facts.entries.size() <= 4 ? facts.entries.size() : 3;
        line(facts.prominent
                 ? "<dl class=\"tiles\" style=\"--tiles: " + std::to_string(across) + "\">"
                 : std::string{"<dl class=\"facts\">"});
        for (const auto& [name, value] : facts.entries) {
            const std::string pair = tag("dt", "", text(name)) + tag("dd", "", text(value));
            line(facts.prominent ? tag("div", "", pair) : pair);
        }
        line("</dl>");
    }

    void operator()(const PageBreak&) { line("<div class=\"page-break\"></div>"); }

    std::string out;

private:
    void line(std::string_view markup) { out.append(markup).append("\n"); }

    static std::string sources(const Paragraph& paragraph) {
        std::string names;
        for (const std::string& source : paragraph.sources)
            names += (names.empty() ? "" : " ") + text(source);
        return tag("span", " class=\"sources\"", "[" + names + "]");
    }

    bool reversed() const { return document_.direction == Direction::right_to_left; }

    /// Words of somebody else may run the other way: their full stop stays at their end.
    std::string apart(std::string_view plain) const {
        return reversed() ? tag("bdi", "", text(plain)) : text(plain);
    }

    std::string rendered(const Table& table) const {
        std::string head, body;
        for (const Column& column : table.columns)
            head +=
                tag("th",
                    column.align == Align::end ? " scope=\"col\" class=\"end\"" : " scope=\"col\"",
                    text(column.title));
        for (const auto& row : table.rows) {
            std::string cells;
            for (std::size_t at = 0; at < row.size(); ++at)
                cells += cell(row[at], table.columns[at], reversed());
            body += tag("tr", "", cells) + "\n";
        }
        std::string all{"<table>\n"};
        if (!table.caption.empty()) all += tag("caption", "", text(table.caption)) + "\n";
        all += tag("thead", "", tag("tr", "", head)) + "\n" + tag("tbody", "", "\n" + body);
        all += "\n</table>";
        if (!table.note.empty()) all += "\n" + tag("p", " class=\"note\"", text(table.note));
        return all;
    }

    const Document& document_;
    int figures_ = 0;
};

}  // namespace

std::string to_html(const Document& document) {
    Writer writer{document};
    for (const Block& block : document.blocks) std::visit(writer, block);
    const bool reversed = document.direction == Direction::right_to_left;
    std::string page{"<!DOCTYPE html>\n<html lang=\""};
    page += text(document.language) + "\" dir=\"" + (reversed ? "rtl" : "ltr") + "\">\n<head>\n";
    page += "<meta charset=\"utf-8\">\n";
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    page += tag("title", "", text(document.title)) + "\n";
    page += "<style>" + std::string{kStyle} + "</style>\n</head>\n";
    page += document.compact ? "<body class=\"compact\">\n" : "<body>\n";
    if (!document.banner.empty())
        page += tag("div", " class=\"banner\"", text(document.banner)) + "\n";
    page += "<main>\n" + tag("h1", "", text(document.title)) + "\n";
    if (!document.subtitle.empty())
        page += tag("p", " class=\"subtitle\"", text(document.subtitle)) + "\n";
    return page + writer.out + "</main>\n</body>\n</html>\n";
}

}  // namespace bordereau::report
