// app/endpoint/disk.h - whether the disk takes what an endpoint writes, and the sentence where not.
#pragma once

#include <optional>
#include <string>

#include "app/endpoint/options.h"
#include "storage/base/result.h"

namespace bordereau::app::endpoint {

enum class DiskTrouble { full, read_only };

/// What keeps an endpoint from writing where it keeps things. A disk counts as full before the last
/// byte is gone: with less than a megabyte nothing of use is taken in.
std::optional<DiskTrouble> trouble_of_disk(const Place& place);

/// In few words, for /ready.
std::string_view name_of(DiskTrouble trouble);

/// What a person is told of a failure: for one of the disk what is safe and what to do, else its
/// detail.
std::string sentence_on(const Error& error, const Place& place);

}  // namespace bordereau::app::endpoint
