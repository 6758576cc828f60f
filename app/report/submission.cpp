#include "app/report/submission.h"

#include <algorithm>

#include "app/audit/agency.h"
#include "app/audit/rounding.h"
#include "app/audit/scores.h"
#include "app/report/chapters.h"
#include "app/report/numbers.h"

namespace bordereau::report {
namespace {

using Chapter = void (*)(Draft&, const Material&);
constexpr std::array<Chapter, 5> kChapters{chapter_meaning, chapter_practices, chapter_obstacles,
                                           chapter_lessons, chapter_support};

/// Texts that this audience may see.
std::vector<audit::LegalText> visible(std::vector<audit::LegalText> texts, Audience audience) {
    std::erase_if(texts, [&](const audit::LegalText& text) { return text.audience < audience; });
    return texts;
}

Material gather(const SubmissionRequest& request, std::span<const audit::Record> records,
                const audit::Registers& registers, const Texts& words) {
    Material material{request, registers, {}, {}, {}, words};
    std::vector<audit::Record> used;
    for (const Country& country : request.countries) {
        Audits audits =
            audit::current_audits(records, {"", country.code, request.release.today, false});
        for (const audit::Record* audit : audits) used.push_back(*audit);
        material.all.insert(material.all.end(), audits.begin(), audits.end());
        material.countries.push_back({country, std::move(audits)});
    }
    material.texts = visible(audit::merged(registers.texts, used), request.release.audience);
    return material;
}

void gate_on_texts(std::vector<std::string>& reasons, const Material& material) {
    const Texts& words = material.words;
    for (const audit::LegalText& text : material.texts) {
        const audit::Missing what = audit::missing_from(text);
        const bool coming = audit::forthcoming(text);
        if (what != audit::Missing::nothing && !coming)
            reasons.push_back(words(
                "gate.incomplete",
                {{"title", text.title},
                 {"country", text.country},
                 {"missing", words(what == audit::Missing::original ? "missing.original"
                                                                    : "missing.translation")}}));
        const bool labelled = !text.translation_kind.empty() && text.translation_kind != "none";
        if (!text.translation.empty() && !labelled)
            reasons.push_back(
                words("gate.unlabelled", {{"title", text.title}, {"country", text.country}}));
    }
}

std::vector<std::string> gate(const Material& material) {
    const Texts& words = material.words;
    std::vector<std::string> reasons;
    for (const CountryAudits& country : material.countries)
        if (country.audits.empty())
            reasons.push_back(words("gate.no_audit", {{"country", country.country.name}}));
    gate_on_texts(reasons, material);
    if (!material.request.free_text_reread) reasons.push_back(words("gate.free_text"));
    for (std::size_t at = 0; at < kChapters.size(); ++at)
        if (material.request.questions[at].empty())
            reasons.push_back(words("gate.question", {{"n", std::to_string(at + 1)}}));
    if (!audit::official_un_language(material.request.output_language))
        reasons.push_back(words("gate.language"));
    return reasons;
}

std::string subtitle(const SubmissionRequest& request, const Texts& words) {
    std::vector<std::string> names;
    for (const Country& country : request.countries) names.push_back(country.name);
    return words.joined(names);
}

}  // namespace

std::string mean_of(const Audits& audits, std::string_view item, const Texts& words) {
    std::int64_t sum = 0, count = 0;
    for (const audit::Record* audit : audits)
        if (const auto value = audit::value_of(audit->answers.value(item))) {
            sum += *value;
            ++count;
        }
    return count == 0
               ? std::string{kDash}
               : words.fixed(static_cast<double>(audit::rounded_quotient(10 * sum, count)) / 10, 1);
}

Submission submission(const SubmissionRequest& request, std::span<const audit::Record> records,
                      const audit::Registers& registers, const Texts& texts) {
    const Material material = gather(request, records, registers, texts);
    Submission result{
        new_document(texts("submission.title"), subtitle(request, texts), request.release, texts),
        gate(material)};
    Draft draft{result.document.blocks};
    if (result.ready()) {
        draft.note(texts("submission.ready"));
    } else {
        draft.warn(texts("submission.not_ready"));
        draft.list(result.not_ready);
    }
    for (std::size_t at = 0; at < kChapters.size(); ++at) {
        const std::string number = std::to_string(at + 1);
        const std::string role = texts("submission.role." + number);
        draft.heading(1, texts("submission.question", {{"n", number}, {"title", role}}));
        if (!request.questions[at].empty()) draft.quote(request.questions[at], {});
        kChapters[at](draft, material);
    }
    annexes(draft, material);
    return result;
}

}  // namespace bordereau::report
