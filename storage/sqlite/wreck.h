// storage/sqlite/wreck.h - the rows of a damaged database, page by page: what SQLite itself gives
// up at the first damaged page. Which table a row belongs to is not known here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "storage/base/result.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage::sqlite {

/// One column of a row. Numbers with fractions do not occur in this project's tables.
struct WreckValue {
    enum class Kind { nothing, number, text, blob };
    Kind kind = Kind::nothing;
    std::int64_t number = 0;
    std::string bytes;
};

/// The columns as they lie in the file: those of a key first; a number that is the whole key counts
/// as nothing, with the number beside it. Always kWreckColumns, missing ones nothing.
using WreckRow = std::vector<WreckValue>;
constexpr int kWreckColumns = 20;

struct WreckSurvey {
    std::int64_t pages = 0;
    std::int64_t damaged = 0;  ///< whose authentication code does not fit their content
};

/// Walks the encrypted file `copy`, which is written into on the way. Rows come in no order, more
/// than once, and among them some that were deleted. io, full: the walk was not finished; corrupt:
/// another key, or the first 16 bytes are gone, without which no page can be read.
Result<WreckSurvey> walk_wreck(const std::filesystem::path& copy, const crypto::Secret& key,
                               const std::function<void(const WreckRow&)>& found);

}  // namespace bordereau::storage::sqlite
