// tests/support/random_changes.h - changes of every kind, by chance and seed, for tests of
// encodings.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "storage/journal/change.h"
#include "storage/journal/change_table.h"

namespace bordereau::test {

/// One action of every kind.
inline std::vector<storage::Action> all_actions() {
    using namespace storage;
    return {AuditCreated{{"grpa_main"}, "3", "Audit of a post"},
            AuditLabelled{"A title", "N1"},
            AnswerGiven{"/f/q", "ü", {{{5}, {std::string(32, 'a')}}}},
            AnswerGiven{"/f/q", std::nullopt, {}},
            AuditStateSet{AuditState::has_issues, "See comments"},
            CommentMade{{"c"}, "/f/q", "Why?"},
            CommentResolved{{"c"}},
            AttachmentNamed{"photo.jpg", "00ff", 12345, "image/jpeg"},
            EvidenceJudged{"/f/e[k]", Verdict::accepted, ""},
            PersonSet{"amina", Role::supervisor, false},
            DeviceSet{"laptop", std::string(32, '\xff')},
            FormAdded{"3", "Title", "<xml/>", {{"a.csv", std::string{"\0\xff", 2}}}},
            RegisterRowSet{"unit", "N1", "{}"},
            RegisterRowSet{"unit", "N2", std::nullopt},
            AuditTaken{"End of the shift"},
            DeviceRestored{{std::string(32, 'b')}, 1'772'900'000'000, 3},
            MemberSet{std::string{"\x01\xff\0 certificate", 15}}};
}

/// Changes of a few devices to a few subjects: chains of answers, conflicts, settled conflicts,
/// removed values, every other kind; sorted.
inline std::vector<storage::Change> random_changes(unsigned seed, int count, int devices) {
    using namespace storage;
    std::mt19937 random{seed};
    const auto below = [&random](int most) {
        return static_cast<int>(random() % static_cast<unsigned>(most));
    };
    const auto device = [](int i) {
        return DeviceId{std::string(31, '0') + "0123456789abcdef"[i]};
    };
    const auto others = all_actions();
    std::vector<Change> changes;
    for (int i = 0; i < count; ++i) {
        const Version version{{static_cast<std::uint64_t>(1'000'000 + i * 37) << below(20)},
                              device(below(devices))};
        Change change{version,
                      {"person-" + std::to_string(below(3))},
                      "audit-" + std::to_string(below(4)),
                      others[static_cast<std::size_t>(below(static_cast<int>(others.size())))]};
        if (below(4) != 0) {
            AnswerGiven answer{"/f/q" + std::to_string(below(9)),
                               std::string(static_cast<std::size_t>(below(40)), 'v'),
                               {}};
            if (below(5) == 0) answer.value.reset();
            for (int j = below(3); j > 0 && !changes.empty(); --j)
                answer.replaces.push_back(
                    changes[static_cast<std::size_t>(below(static_cast<int>(changes.size())))]
                        .version);
            std::ranges::sort(answer.replaces);
            change.action = answer;
        }
        changes.push_back(std::move(change));
    }
    sort_changes(changes);
    return changes;
}

}  // namespace bordereau::test
