#include "tests/support/large_notebook.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "assets/assets.h"
#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/base/text.h"
#include "storage/crypto/sign.h"
#include "storage/journal/chain.h"
#include "storage/journal/changeset.h"
#include "storage/registers.h"
#include "tests/support/phrases.h"

namespace bordereau::test {
namespace {

using namespace storage;

constexpr Millis kMinute = 60'000;
constexpr Millis kDay = Millis{24} * 60 * kMinute;
constexpr Millis kYears = 3 * 365 * kDay;
constexpr std::size_t kLaptops = 12, kOfficers = 30, kSupervisors = 4, kUnits = 300;
constexpr std::size_t kBatch = 500;  ///< changesets received in one transaction

/// One line of a worked sample: where, and what kind of answer stands there.
struct Line {
    enum class Kind { number, date, prose, unit, code };
    std::string path, value;
    Kind kind = Kind::code;
};

struct Pattern {
    std::string form, version;
    std::vector<Line> lines;
};

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
}

bool is_prose(std::string_view text) {
    return text.size() > 24 && text.find(' ') != text.npos &&
           std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Line::Kind kind_of_line(std::string_view path, std::string_view value) {
    if (path.ends_with("/a_unit") || path.ends_with("/w_unit")) return Line::Kind::unit;
    if (parse_date(value)) return Line::Kind::date;
    if (is_number(value)) return Line::Kind::number;
    return is_prose(value) ? Line::Kind::prose : Line::Kind::code;
}

Pattern pattern_of(const std::string& form, const std::string& version) {
    Pattern pattern{form, version, {}};
    for (std::string_view text : split(*assets::find("samples/" + form + ".tsv"), '\n')) {
        const std::size_t tab = text.find('\t');
        if (tab == text.npos || text.starts_with('#')) continue;
        const std::string_view path = text.substr(0, tab), value = text.substr(tab + 1);
        pattern.lines.push_back({std::string{path}, std::string{value}, kind_of_line(path, value)});
    }
    return pattern;
}

std::string number_like(Chance& chance, const std::string& sample) {
    const int most = std::max(4, std::atoi(sample.c_str()) * 2);
    std::string out = std::to_string(chance.between(0, most));
    if (sample.find('.') != sample.npos) out += "." + std::to_string(chance.below(10));
    return out;
}

// Some of the words of a multiple choice; a single one now and then becomes another.
std::string code_like(Chance& chance, const std::string& sample) {
    constexpr std::array<std::string_view, 5> kOften{"yes", "no", "partly", "na", "dk"};
    if (std::ranges::find(kOften, sample) != kOften.end())
        return std::string{chance.one_of(kOften)};
    std::string out;
    for (const std::string_view word : words_of(sample))
        if (out.empty() || !chance.one_in(3)) out.append(out.empty() ? "" : " ").append(word);
    return out;
}

struct Laptop {
    crypto::SigningKey key;
    DeviceId device;
    std::map<LaneId, ChainLink> chains;
};

/// One audit on its way: who, where, when, in which language.
struct Visit {
    AuditId audit;
    const Pattern* pattern = nullptr;
    PersonId officer, supervisor;
    std::size_t unit = 0;
    std::string_view language;
    Millis at = 0;
    std::uint64_t mark = 0;  ///< sets its stamps apart from those of other audits
};

class Maker {
public:
    Maker(Notebook& notebook, const LargeNotebook& wanted)
        : notebook_(notebook),
          wanted_(wanted),
          chance_(wanted.seed),
          entropy_(seeded_entropy(wanted.seed)),
          begin_(notebook.clock().now() - kYears) {
        for (const char* form : {"grpa_main", "grpa_walk", "grpa_train"}) {
            const auto version = wanted.versions.find(form);
            patterns_.push_back(
                pattern_of(form, version == wanted.versions.end() ? "1" : version->second));
        }
        for (std::size_t i = 0; i < kLaptops; ++i) {
            auto key = crypto::SigningKey::generate(entropy_);
            const DeviceId device = crypto::device_id(key.public_key());
            laptops_.push_back({std::move(key), device, {}});
        }
    }

    Result<MadeNotebook> run() {
        if (Status admitted = admit_laptops(); !admitted) return admitted.error();
        if (Status people = add_people(); !people) return people.error();
        for (std::size_t i = 0; i < wanted_.audits; ++i) {
            if (Status made = make_audit(i); !made) return made.error();
            if (arriving_.size() >= kBatch)
                if (Status received = receive(); !received) return received.error();
            if (i % 1000 == 999) wanted_.progress(i + 1);
        }
        if (Status received = receive(); !received) return received.error();
        if (Status rows = add_registers(); !rows) return rows.error();
        if (Status drafts = add_drafts(); !drafts) return drafts.error();
        return made_;
    }

private:
    // Officers and supervisors share them.
    Status admit_laptops() {
        for (std::size_t i = 0; i < laptops_.size(); ++i) {
            auto admitted = notebook_.admit({laptops_[i].key.public_key(),
                                             "laptop " + std::to_string(i + 1), Role::supervisor});
            if (!admitted) return admitted.error();
        }
        return done();
    }
    Status add_people() {
        for (std::size_t i = 0; i < kOfficers + kSupervisors; ++i) {
            const bool officer = i < kOfficers;
            const PersonId id{new_uuid(entropy_)};
            const std::string login = (officer ? "officer" : "supervisor") + std::to_string(i + 1);
            auto recorded = notebook_.journal().record(
                id.text, PersonSet{login, officer ? Role::officer : Role::supervisor, true});
            if (!recorded) return recorded.error();
            (officer ? officers_ : supervisors_).push_back(id);
        }
        return done();
    }

    Visit visit(std::size_t number) {
        Visit visit;
        visit.audit = {new_uuid(entropy_)};
        const std::size_t kind = chance_.below(10);
        visit.pattern = &patterns_[kind < 4 ? 0 : kind < 8 ? 1 : 2];
        visit.unit = chance_.below(kUnits);
        // A unit is audited by the three officers of its region.
        visit.officer = officers_[(visit.unit + chance_.below(3)) % kOfficers];
        visit.supervisor = supervisors_[visit.unit % kSupervisors];
        visit.language = phrase_languages()[visit.unit % phrase_languages().size()];
        visit.at = begin_ + static_cast<Millis>(static_cast<double>(kYears - 2 * kDay) *
                                                static_cast<double>(number) /
                                                static_cast<double>(wanted_.audits + 1));
        visit.mark = number & 0xFFFF;
        return visit;
    }

    Version version(const Visit& visit, Millis at, const Laptop& laptop) const {
        return {{Stamp::at(at).bits | visit.mark}, laptop.device};
    }

    std::string prose(const Visit& visit, std::size_t like) {
        std::string out;
        while (out.size() < like) {
            if (!out.empty()) out += ' ';
            out += sentence(chance_, visit.language);
        }
        if (out.size() > 60 && chance_.one_in(40)) out += std::string{" "} + kTenthWord;
        return out;
    }

    std::string value_of(const Visit& visit, const Line& line) {
        switch (line.kind) {
            case Line::Kind::number: return number_like(chance_, line.value);
            case Line::Kind::date:
                return to_text(
                    local_date(notebook_.clock(), visit.at - chance_.between(0, 9) * kDay));
            case Line::Kind::prose: return prose(visit, line.value.size());
            case Line::Kind::unit: return unit_code(visit.unit);
            case Line::Kind::code: return code_like(chance_, line.value);
        }
        return {};
    }

    // In the order in which people go through the form, a few left out, a few corrected.
    std::vector<Change> answers(const Visit& visit, const Laptop& laptop, Millis& at) {
        std::vector<Change> changes;
        for (const Line& line : visit.pattern->lines) {
            if (line.kind != Line::Kind::unit && chance_.one_in(25)) continue;
            at += chance_.between(2'000, 40'000);
            changes.push_back({version(visit, at, laptop), visit.officer, visit.audit.text,
                               AnswerGiven{line.path, value_of(visit, line), {}}});
            if (!chance_.one_in(30)) continue;
            at += chance_.between(2'000, 9'000);
            AnswerGiven corrected{line.path, value_of(visit, line), {changes.back().version}};
            changes.push_back({version(visit, at, laptop), visit.officer, visit.audit.text,
                               std::move(corrected)});
        }
        return changes;
    }

    std::string title_of(const Visit& visit) {
        return visit.pattern->form == "grpa_train"
                   ? sentence(chance_, visit.language)
                   : unit_name(visit.unit) + " " + to_text(local_date(notebook_.clock(), visit.at));
    }

    void count(const std::vector<Change>& changes) {
        for (const Change& change : changes) {
            ++made_.changes;
            if (const auto* answer = std::get_if<AnswerGiven>(&change.action)) {
                ++made_.answers;
                made_.path_bytes += static_cast<std::int64_t>(answer->path.size());
                made_.value_bytes += static_cast<std::int64_t>(answer->value->size());
            } else if (const auto* label = std::get_if<AuditLabelled>(&change.action)) {
                made_.other_bytes +=
                    static_cast<std::int64_t>(label->title.size() + label->unit.size());
            } else if (const auto* comment = std::get_if<CommentMade>(&change.action)) {
                made_.other_bytes += static_cast<std::int64_t>(comment->text.size());
            } else if (const auto* state = std::get_if<AuditStateSet>(&change.action)) {
                made_.other_bytes += static_cast<std::int64_t>(state->reason.size());
            }
        }
    }

    Status seal(Laptop& laptop, const Laptop& home, std::vector<Change> changes) {
        count(changes);
        const LaneId lane = lane_of_home(home.device);
        ChainLink& link =
            laptop.chains.try_emplace(lane, ChainLink{notebook_.team(), lane, 1, {}}).first->second;
        auto bytes = seal_changeset(link, laptop.key, std::move(changes));
        if (!bytes) return bytes.error();
        auto head = read_head(*bytes);
        if (!head) return head.error();
        link.number = head->number + 1;
        link.previous = head->digest;
        arriving_.push_back(*std::move(bytes));
        return done();
    }

    Status make_audit(std::size_t number) {
        const Visit visit = this->visit(number);
        Laptop& laptop = laptops_[visit.unit % (kLaptops - kSupervisors)];
        Millis at = visit.at;
        std::vector<Change> changes{
            {version(visit, at, laptop), visit.officer, visit.audit.text,
             AuditCreated{{visit.pattern->form}, visit.pattern->version, "Audit"}}};
        auto given = answers(visit, laptop, at);
        if (number == wanted_.audits / 2)
            std::get<AnswerGiven>(given.back().action).value->append(" ").append(kRareWord);
        const Change& last = given.back();
        std::vector<Change> remarks = review(visit, last);
        std::ranges::move(given, std::back_inserter(changes));
        const std::string unit =
            visit.pattern->form == "grpa_train" ? std::string{} : unit_name(visit.unit);
        changes.push_back({version(visit, ++at, laptop), visit.officer, visit.audit.text,
                           AuditLabelled{title_of(visit), unit}});
        changes.push_back({version(visit, ++at, laptop), visit.officer, visit.audit.text,
                           AuditStateSet{AuditState::finalized, {}}});
        if (Status sealed = seal(laptop, laptop, std::move(changes)); !sealed) return sealed;
        return remarks.empty() ? done() : seal(desk_of(visit), laptop, std::move(remarks));
    }

    Laptop& desk_of(const Visit& visit) {
        return laptops_[kLaptops - 1 - visit.unit % kSupervisors];
    }

    // One in twelve still waits; the others were approved, returned or rejected some days later.
    std::vector<Change> review(const Visit& visit, const Change& last) {
        if (chance_.one_in(12)) return {};
        const Laptop& laptop = desk_of(visit);
        Millis at = last.version.stamp.millis() + chance_.between(60, 2000) * kMinute;
        std::vector<Change> changes;
        const auto add = [&](Action action) {
            at += chance_.between(3'000, 60'000);
            changes.push_back({version(visit, at, laptop), visit.supervisor, visit.audit.text,
                               std::move(action)});
        };
        if (chance_.one_in(4))
            add(CommentMade{{new_uuid(entropy_)},
                            std::get<AnswerGiven>(last.action).path,
                            sentence(chance_, visit.language)});
        const std::size_t fate = chance_.below(20);
        if (fate == 0)
            add(AuditStateSet{AuditState::rejected, sentence(chance_, visit.language)});
        else if (fate == 1)
            add(AuditStateSet{AuditState::has_issues, sentence(chance_, visit.language)});
        else
            add(AuditStateSet{AuditState::approved, {}});
        return changes;
    }

    Status receive() {
        auto receipts = notebook_.journal().receive(arriving_);
        if (!receipts) return receipts.error();
        for (const Receipt& receipt : *receipts)
            if (receipt.reception != Reception::applied)
                return Error{ErrorCode::corrupt, "a made changeset was not applied"};
        made_.changesets += static_cast<std::int64_t>(arriving_.size());
        made_.audits = static_cast<std::int64_t>(wanted_.audits);
        arriving_.clear();
        return done();
    }

    Status add_registers() {
        Registers registers{notebook_};
        for (std::size_t i = 0; i < wanted_.audits / 500 + 3; ++i) {
            const auto language = phrase_languages()[i % phrase_languages().size()];
            const std::string json = R"({"kind":"practice","title":")" +
                                     sentence(chance_, language) + R"(","summary":")" +
                                     sentence(chance_, language) + "\"}";
            if (Status put = registers.put("legislation", "made-" + std::to_string(i), json); !put)
                return put;
        }
        return done();
    }

    Status add_drafts() {
        for (std::size_t i = 0; i < wanted_.drafts; ++i) {
            const Visit visit = this->visit(wanted_.audits + i);
            Audits audits{notebook_};
            auto audit = audits.create({visit.pattern->form}, visit.pattern->version, "Draft");
            if (!audit) return audit.error();
            auto open = sqlite::Transaction::begin(notebook_.database());
            if (!open) return open.error();
            Answers answers{notebook_};
            for (const Line& line : visit.pattern->lines)
                if (Status kept = answers.record(*audit, line.path, value_of(visit, line)); !kept)
                    return kept;
            if (Status kept = (*std::move(open)).commit(); !kept) return kept;
            if (Status named = audits.label(*audit, title_of(visit), unit_name(visit.unit)); !named)
                return named;
        }
        return done();
    }

    Notebook& notebook_;
    const LargeNotebook& wanted_;
    Chance chance_;
    Entropy entropy_;
    Millis begin_;
    std::vector<Pattern> patterns_;
    std::vector<Laptop> laptops_;
    std::vector<PersonId> officers_, supervisors_;
    std::vector<std::string> arriving_;
    MadeNotebook made_;
};

}  // namespace

// Slow only by the disk: what is made here can be made again, so nothing waits for it.
Result<MadeNotebook> fill(Notebook& notebook, const LargeNotebook& wanted) {
    if (Status set = notebook.database().run_script("PRAGMA synchronous = OFF"); !set)
        return set.error();
    auto made = Maker{notebook, wanted}.run();
    if (Status set = notebook.database().run_script(
            "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)");
        !set)
        return set.error();
    return made;
}

}  // namespace bordereau::test
