#include "tests/bench/sync_load.h"

#include <algorithm>
#include <array>
#include <set>

#include "assets/assets.h"
#include "storage/base/text.h"
#include "storage/base/uuid.h"
#include "tests/support/phrases.h"

namespace bordereau::bench {
namespace {

using namespace storage;
using test::Chance;

constexpr std::size_t kAnswers = 120, kCorrected = 5, kUnits = 300;
constexpr Millis kDay = Millis{24} * 60 * 60 * 1000, kYears = 3 * 365 * kDay;
constexpr const char* kForm = "grpa_main";

// Of a form's 120 questions a third are choices, a third numbers, and the rest choices of several,
// dates and remarks. So compressed the JSON comes to a quarter, as that of the field does.
enum class Kind { choice, number, several, date, remark };

Kind kind_of_line(std::size_t line) {
    constexpr std::array kTwelve{Kind::choice, Kind::number, Kind::several, Kind::choice,
                                 Kind::number, Kind::date,   Kind::choice,  Kind::number,
                                 Kind::remark, Kind::choice, Kind::number,  Kind::several};
    return kTwelve[line % kTwelve.size()];
}

std::string several(Chance& chance) {
    constexpr std::array<std::string_view, 8> kCodes{"law",   "order", "plan", "funds",
                                                     "staff", "train", "data", "none"};
    std::string out;
    for (const std::string_view code : kCodes)
        if (!chance.one_in(2)) out.append(out.empty() ? "" : " ").append(code);
    return out.empty() ? "dk" : out;
}

std::string value_for(Chance& chance, Kind kind, std::string_view language) {
    constexpr std::array<std::string_view, 5> kChoices{"yes", "no", "partly", "na", "dk"};
    switch (kind) {
        case Kind::choice: return std::string{chance.one_of(kChoices)};
        case Kind::number: return std::to_string(chance.below(chance.one_in(3) ? 60 : 90'000));
        case Kind::several: return several(chance);
        case Kind::remark:
            return test::sentence(chance, language) + " " + test::unit_name(chance.below(300)) +
                   " " + std::to_string(chance.below(1'000'000));
        case Kind::date: break;
    }
    return "202" + std::to_string(chance.between(3, 6)) + "-0" +
           std::to_string(chance.between(1, 9)) + "-" + std::to_string(chance.between(10, 28)) +
           "T" + std::to_string(chance.between(10, 19)) + ":" +
           std::to_string(chance.between(10, 59));
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

// Stamps of audits that overlap are set apart by their number.
Stamp stamp(Millis at, const AuditId& audit) {
    return {Stamp::at(at).bits | (static_cast<unsigned char>(audit.text[0]) & 1)};
}

}  // namespace

SyncLoad::SyncLoad(std::size_t audits, Millis now) : audits_(audits), now_(now) {
    for (std::string_view text : split(*assets::find("samples/grpa_main.tsv"), '\n')) {
        const std::size_t tab = text.find('\t');
        if (tab == text.npos || text.starts_with('#') || paths_.size() == kAnswers) continue;
        paths_.emplace_back(text.substr(0, tab));
    }
}

LoadAudit SyncLoad::audit(std::size_t number) const {
    Chance chance{number + 1};
    LoadAudit audit;
    audit.id = {new_uuid(seeded_entropy(number + 1))};
    const double share = static_cast<double>(number) / static_cast<double>(audits_);
    audit.at = now_ - kYears + static_cast<Millis>(share * static_cast<double>(kYears - 30 * kDay));
    Millis at = audit.at;
    const auto language = chance.one_of(test::phrase_languages());
    for (std::size_t line = 0; line < paths_.size(); ++line) {
        at += chance.between(2'000, 40'000);
        audit.answers.push_back(
            {paths_[line], value_for(chance, kind_of_line(line), language), at});
    }
    return audit;
}

LoadAudit SyncLoad::correction(std::size_t number, const LoadAudit& of) const {
    Chance chance{number + 1'000'000};
    LoadAudit correction{of.id, 0, {}};
    correction.at = now_ - 20 * kDay + static_cast<Millis>(number) * 60'000;
    Millis at = correction.at;
    std::set<std::size_t> chosen;
    while (chosen.size() < kCorrected) chosen.insert(chance.below(paths_.size()));
    for (const std::size_t line : chosen) {
        at += chance.between(2'000, 40'000);
        correction.answers.push_back(
            {paths_[line], value_for(chance, kind_of_line(line), "en"), at});
    }
    return correction;
}

std::string SyncLoad::json(const LoadAudit& audit) const {
    std::string out =
        "{\"instanceID\":\"uuid:" + audit.id.text + "\",\"form\":\"grpa_main\",\"version\":\"1\"";
    std::string group;
    for (const LoadAnswer& answer : audit.answers) {
        const std::size_t slash = answer.path.rfind('/');
        const std::string_view in = std::string_view{answer.path}.substr(1, slash - 1);
        out += in == group ? "," : group.empty() ? ",\"" : "},\"";
        if (in != group) out.append(group = in).append("\":{");
        out += quoted(answer.path.substr(slash + 1)) + ":" + quoted(answer.value);
    }
    return out + "}}\n";
}

std::vector<Change> SyncLoad::changes(const LoadAudit& audit, const DeviceId& device,
                                      const PersonId& person) const {
    std::vector<Change> changes;
    const auto add = [&](Millis at, Action action) {
        changes.push_back(
            {{stamp(at, audit.id), device}, person, audit.id.text, std::move(action)});
    };
    add(audit.at, AuditCreated{{kForm}, "1", "Audit"});
    for (const LoadAnswer& answer : audit.answers)
        add(answer.at, AnswerGiven{answer.path, answer.value, {}});
    const Millis end = audit.answers.back().at;
    const std::string unit = test::unit_name(static_cast<std::size_t>(audit.at / 1000) % kUnits);
    add(end + 1500, AuditLabelled{unit, unit});
    add(end + 4000, AuditStateSet{AuditState::finalized, {}});
    return changes;
}

std::vector<Change> SyncLoad::changes(const LoadAudit& correction, const LoadAudit& of,
                                      const DeviceId& device, const PersonId& person) const {
    std::vector<Change> changes;
    for (const LoadAnswer& answer : correction.answers) {
        const auto before = std::ranges::find(of.answers, answer.path, &LoadAnswer::path);
        const Version replaced{stamp(before->at, of.id), device};
        changes.push_back({{stamp(answer.at, of.id), device},
                           person,
                           of.id.text,
                           AnswerGiven{answer.path, answer.value, {replaced}}});
    }
    changes.push_back({{stamp(correction.answers.back().at + 4000, of.id), device},
                       person,
                       of.id.text,
                       AuditStateSet{AuditState::edited, {}}});
    return changes;
}

}  // namespace bordereau::bench
