#include "app/report/markdown.h"

#include <string_view>

#include "app/report/numbers.h"

namespace bordereau::report {
namespace {

/// Plain text with what Markdown or HTML would read as markup disarmed; one line.
std::string text(std::string_view plain) {
    constexpr std::string_view kMarkup = "\\`*_[]<>|#~";
    std::string out;
    for (const char c : plain) {
        if (c == '\n' || c == '\r') {
            out += ' ';
            continue;
        }
        if (c == '&') {
            out += "&amp;";
            continue;
        }
        if (kMarkup.find(c) != kMarkup.npos) out += '\\';
        out += c;
    }
    return out;
}

class Writer {
public:
    void operator()(const Heading& heading) {
        block(std::string(static_cast<std::size_t>(heading.level) + 1, '#') + " " +
              text(heading.text));
    }

    void operator()(const Paragraph& paragraph) {
        using Kind = Paragraph::Kind;
        std::string content = text(paragraph.text);
        if (paragraph.kind == Kind::note) content = "*" + content + "*";
        if (paragraph.kind == Kind::warning) content = "**!** " + content;
        if (paragraph.kind == Kind::quotation) content = "> " + content;
        if (!paragraph.sources.empty()) content += " \\[" + text(joined(paragraph.sources)) + "\\]";
        block(content);
    }

    void operator()(const List& list) {
        if (list.items.empty()) return;
        std::string items;
        int number = 0;
        for (const std::string& item : list.items) {
            ++number;
            items += (list.ordered ? std::to_string(number) + ". " : "- ") + text(item) + "\n";
        }
        items.pop_back();
        block(items);
    }

    void operator()(const Table& table) {
        if (!table.caption.empty()) block("**" + text(table.caption) + "**");
        std::string lines = "|", rule = "|";
        for (const Column& column : table.columns) {
            lines += " " + text(column.title) + " |";
            rule += column.align == Align::end ? " ---: |" : " --- |";
        }
        lines += "\n" + rule;
        for (const auto& row : table.rows) {
            lines += "\n|";
            for (const Cell& cell : row) lines += " " + text(cell.text) + " |";
        }
        block(lines);
        if (!table.note.empty()) block("*" + text(table.note) + "*");
    }

    void operator()(const Figure& figure) {
        if (!figure.title.empty()) block("**" + text(figure.title) + "**");
        block(text(figure.alternative));
        (*this)(figure.twin);
    }

    void operator()(const Facts& facts) {
        std::string items;
        for (const auto& [name, value] : facts.entries)
            items += "- " + text(name) + ": **" + text(value) + "**\n";
        if (items.empty()) return;
        items.pop_back();
        block(items);
    }

    void operator()(const PageBreak&) { block("---"); }

    void block(std::string_view lines) { out.append(lines).append("\n\n"); }

    std::string out;
};

}  // namespace

std::string to_markdown(const Document& document) {
    Writer writer;
    writer.block("# " + text(document.title));
    if (!document.subtitle.empty()) writer.block(text(document.subtitle));
    if (!document.banner.empty()) writer.block("**" + text(document.banner) + "**");
    for (const Block& block : document.blocks) std::visit(writer, block);
    writer.out.pop_back();
    return writer.out;
}

}  // namespace bordereau::report
