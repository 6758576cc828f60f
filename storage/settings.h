// storage/settings.h - choices of this laptop, as text under names. They do not travel.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace bordereau::storage {

class Notebook;

class Settings {
public:
    explicit Settings(Notebook& notebook) : notebook_(notebook) {}

    Result<std::optional<std::string>> get(std::string_view name) const;
    Status set(std::string_view name, std::string_view value);
    Status remove(std::string_view name);

private:
    Notebook& notebook_;
};

}  // namespace bordereau::storage
