#include "app/report/draft.h"

#include <set>

#include "app/report/numbers.h"

namespace bordereau::report {
namespace {

std::string audience_key(Audience audience) {
    switch (audience) {
        case Audience::team: return "team";
        case Audience::agency: return "agency";
        case Audience::public_use: return "public";
    }
    return {};
}

std::string or_else(const std::string& text, std::string other) {
    return text.empty() ? std::move(other) : text;
}

}  // namespace

Document new_document(std::string title, std::string subtitle, const Release& release,
                      const Texts& texts) {
    Document document;
    document.title = std::move(title);
    document.subtitle = std::move(subtitle);
    document.language = texts.language();
    document.direction = texts.direction();
    if (release.audience != Audience::public_use)
        document.banner = texts("banner." + audience_key(release.audience));
    return document;
}

Facts imprint(std::span<const audit::Record* const> audits, const Release& release,
              const Texts& texts) {
    std::set<std::string> versions;
    std::vector<std::string> codes;
    for (const audit::Record* audit : audits) {
        versions.insert(audit->header.form.text + " " + audit->header.version);
        if (!audit->header.code.empty()) codes.push_back(audit->header.code);
    }
    return {false,
            {{texts("imprint.release"), or_else(release.number, texts("imprint.draft"))},
             {texts("imprint.audience"), texts("audience." + audience_key(release.audience))},
             {texts("imprint.date"), texts.date(release.today)},
             {texts("imprint.filters"), or_else(release.filters, texts("imprint.none"))},
             {texts("imprint.instrument"),
              or_else(texts.joined({versions.begin(), versions.end()}), texts("imprint.none"))},
             {texts("imprint.audits"), or_else(texts.joined(codes), texts("imprint.none"))}}};
}

std::string item_name(std::string_view item, const Texts& texts) {
    const std::string code{item};
    return texts("item." + code) + " (" + code + ")";
}

}  // namespace bordereau::report
