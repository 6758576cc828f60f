// storage/registers.h - rows that outlive single audits: units, policies, obstacles, actions.
// A row is JSON text under a kind and a key; its fields are app/audit's matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"

namespace bordereau::storage {

class Notebook;

struct RegisterRow {
    std::string kind;
    std::string key;
    std::string json;
    PersonId author;
    Millis changed_at = 0;
};

class Registers {
public:
    explicit Registers(Notebook& notebook) : notebook_(notebook) {}

    /// Adds or replaces a row. The same content again: no change. invalid: empty kind or key.
    Status put(std::string_view kind, std::string_view key, std::string_view json);
    Status remove(std::string_view kind, std::string_view key);
    Result<std::optional<RegisterRow>> get(std::string_view kind, std::string_view key) const;
    Result<std::vector<RegisterRow>> list(std::string_view kind) const;  ///< by key

private:
    Notebook& notebook_;
};

}  // namespace bordereau::storage
