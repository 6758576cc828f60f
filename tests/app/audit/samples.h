// tests/app/audit/samples.h - the worked sample audit and small variations of it.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/audit/record.h"

namespace bordereau::test {

/// A record from lines of path, tab, value below tests/data/reports.
inline audit::Record record_from_file(const std::string& name, audit::Header header) {
    std::ifstream file{std::string{BORDEREAU_SOURCE_DIR} + "/tests/data/reports/" + name};
    REQUIRE(file.good());
    std::vector<std::pair<std::string, std::string>> lines;
    for (std::string line; std::getline(file, line);) {
        const auto tab = line.find('\t');
        REQUIRE(tab != line.npos);
        lines.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
    std::vector<audit::Leaf> leaves;
    for (const auto& [path, value] : lines) leaves.push_back({path, value, true});
    return audit::record_from(std::move(header), leaves);
}

inline audit::Header approved(std::string form) {
    audit::Header header;
    header.audit = AuditId{"00000000-0000-4000-8000-000000000001"};
    header.form = FormId{std::move(form)};
    header.version = "2026.1";
    header.country_name = "Albania";
    header.agency_name = "Border and Migration Police";
    header.unit_name = "Post A";
    header.state = audit::ReviewState::approved;
    header.officer = "field.officer";
    header.reviewer = "supervisor";
    return header;
}

/// The invented unit whose figures the scoring rules were worked out on: 44 declared, 43 verified.
inline audit::Record sample_audit() {
    audit::Record record = record_from_file("sample_main.tsv", approved("grpa_main"));
    record.review = {{0, 1, 2}, true};
    return record;
}

inline audit::Record sample_walk() {
    return record_from_file("sample_walk.tsv", approved("grpa_walk"));
}

inline audit::Record sample_training() {
    return record_from_file("sample_train.tsv", approved("grpa_train"));
}

/// Answers one question outside repeats.
inline void answer(audit::Record& record, std::string_view question, std::string_view text) {
    record.answers.values.insert_or_assign(std::string{question}, std::string{text});
}

/// Hides one question, as skip logic does.
inline void hide(audit::Record& record, std::string_view question) {
    record.answers.values.erase(std::string{question});
}

}  // namespace bordereau::test
