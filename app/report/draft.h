// app/report/draft.h - the blocks of a document under construction, and what all reports print
// alike: the banner of their audience and the facts by which a figure can be found again.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/audit/record.h"
#include "app/report/document.h"
#include "app/report/release.h"

namespace bordereau::report {

/// Appends blocks; short names because chapters read as a sequence of them.
class Draft {
public:
    explicit Draft(std::vector<Block>& blocks) : blocks_(blocks) {}

    void heading(int level, std::string text) { add(Heading{level, std::move(text)}); }
    void say(std::string text, std::vector<std::string> sources = {}) {
        add(Paragraph{Paragraph::Kind::text, std::move(text), std::move(sources), {}});
    }
    void note(std::string text) { add(Paragraph{Paragraph::Kind::note, std::move(text), {}, {}}); }
    void warn(std::string text) {
        add(Paragraph{Paragraph::Kind::warning, std::move(text), {}, {}});
    }
    /// Somebody's own words; `language` is empty when it is that of the document.
    void quote(std::string text, std::vector<std::string> sources, std::string language = {}) {
        add(Paragraph{Paragraph::Kind::quotation, std::move(text), std::move(sources),
                      std::move(language)});
    }
    /// Nothing when there are no items.
    void list(std::vector<std::string> items) {
        if (!items.empty()) add(List{false, std::move(items)});
    }
    void add(Block block) { blocks_.push_back(std::move(block)); }

private:
    std::vector<Block>& blocks_;
};

/// An empty document in the language of the texts, with the banner of the audience.
Document new_document(std::string title, std::string subtitle, const Release& release,
                      const Texts& texts);

/// Release, audience, date, filters, versions of the instrument and the codes of the audits used.
Facts imprint(std::span<const audit::Record* const> audits, const Release& release,
              const Texts& texts);

/// "Complaint route for travellers (e13)".
std::string item_name(std::string_view item, const Texts& texts);

}  // namespace bordereau::report
