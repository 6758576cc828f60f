// app/form/xlsform/origins.h - where in the workbook the pieces of an XForm came from, so that what
// is found later can be said with sheet and row.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "app/form/definition/diagnostic.h"

namespace bordereau::form {

struct Origin {
    std::string sheet;
    int row = 0;
};

/// By the path of a question ("/data/g/q") or the text id of a choice ("colours-3").
using Origins = std::map<std::string, Origin, std::less<>>;

/// Language and text id of each text that stands in a language but was written in another.
using BorrowedTexts = std::set<std::pair<std::string, std::string>>;

/// Gives findings that name a path the sheet and row it came from, and the column where the message
/// begins with what the column holds ("relevant ...").
void place_in_workbook(Diagnostics& findings, const Origins& origins);
void place_in_workbook(Diagnostic& finding, const Origins& origins);

}  // namespace bordereau::form
