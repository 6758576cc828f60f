// tests/support/large_notebook.h - fills a notebook with as many audits as a country has after some
// years, through the same doors as real ones: changesets of a dozen laptops are sealed, received,
// verified and folded; drafts are recorded here. The same seed gives the same changes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "storage/base/result.h"
#include "storage/notebook.h"

namespace bordereau::test {

struct LargeNotebook {
    std::size_t audits = 1000;  ///< finished ones, of other laptops
    std::size_t drafts = 10;    ///< of this laptop, not sealed
    std::uint64_t seed = 1;
    /// Of the built-in forms, where the notebook has them already.
    std::map<std::string, std::string> versions = {};
    std::function<void(std::size_t audits)> progress = [](std::size_t) {};
};

/// What came into the notebook.
struct MadeNotebook {
    std::int64_t audits = 0, changes = 0, changesets = 0;
    std::int64_t answers = 0;      ///< versions of answers, sealed
    std::int64_t path_bytes = 0;   ///< of all answers
    std::int64_t value_bytes = 0;  ///< of all answers
    std::int64_t other_bytes = 0;  ///< titles, units, comments, reasons
};

/// Words that are in the notebook on purpose: in one audit only, in every tenth, in every one.
inline constexpr const char* kRareWord = "quetzalcoatlus";
inline constexpr const char* kTenthWord = "tenthmark";

/// The stamps reach three years back from the notebook's clock. Not durable until the end.
Result<MadeNotebook> fill(storage::Notebook& notebook, const LargeNotebook& wanted);

}  // namespace bordereau::test
