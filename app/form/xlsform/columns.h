// app/form/xlsform/columns.h - the columns of each sheet and their older spellings.
#pragma once

#include <span>
#include <string_view>

#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

/// An older or friendlier spelling and what it stands for ("bind::relevant").
struct ColumnAlias {
    std::string_view spelled;
    std::string_view means;
};

std::span<const ColumnAlias> column_aliases(SheetKind kind);
std::span<const std::string_view> column_names(SheetKind kind);

/// yes, Yes, TRUE, true() ... and their opposites.
enum class YesNo { yes, no, neither };
YesNo yes_no(std::string_view text);

}  // namespace bordereau::form::xlsform
