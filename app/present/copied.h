// app/present/copied.h - that a notebook was copied and both copies were written to, in words.
#pragma once

#include <string>
#include <vector>

#include "app/text/words.h"
#include "storage/base/result.h"
#include "storage/notebook.h"

namespace bordereau::app {

/// A sentence per laptop whose chains parted, this one's first. Empty where none did.
Result<std::vector<std::string>> sentences_of_copies(const text::Words& words,
                                                     storage::Notebook& notebook);

}  // namespace bordereau::app
