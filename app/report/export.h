// app/report/export.h - answers as CSV files for analysts: one per form, one per repeat, a code
// book.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/audit/record.h"
#include "app/report/release.h"

namespace bordereau::report {

struct CsvFile {
    std::string name;   ///< "grpa_main_team.csv": form or repeat, then the audience class
    std::string bytes;  ///< RFC 4180, UTF-8, header row first, lines end in CR LF
};

/// Approved records. The team gets every answer. Other audiences get no counts of people (those
/// leave in suppressed tables only) and nothing of forms other than the three built-in ones; the
/// public gets no free text either.
std::vector<CsvFile> csv_export(std::span<const audit::Record> records, const Release& release);

}  // namespace bordereau::report
