// app/desk/audit_log.h - a trail as ODK's audit.csv, whole or as far as a form asks for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/desk/trail.h"
#include "app/form/definition/form.h"
#include "app/report/audit_log.h"

namespace bordereau::app {

/// Events that the log knows: form start, question, add repeat, delete repeat, form finalize.
/// Left out, since nobody recorded them: when screens came and went, jumps, saves, exits and
/// resumptions, positions, and failed attempts.
/// Calculations and what is not asked are no questions.
std::vector<report::AuditLogRow> audit_log_of(const std::vector<TrailStep>& steps,
                                              const form::Form& form);

/// The columns that a form asks for by its audit element; nothing: the form has none, and its
/// submission carries no log.
std::optional<report::AuditLogColumns> audit_columns_of(const form::Form& form);

}  // namespace bordereau::app
