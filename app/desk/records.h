// app/desk/records.h - stored audits as the subject's records: for scores, checks and reports.
#pragma once

#include <vector>

#include "app/audit/record.h"
#include "app/desk/form_shelf.h"
#include "app/desk/services.h"
#include "app/form/session/session.h"
#include "storage/audits.h"
#include "storage/base/result.h"

namespace bordereau::app {

class Filling;

/// The verdict under this name, instead of a piece of evidence, says that the reviewer traced the
/// unit's figures to a register.
inline constexpr std::string_view kFiguresTraced = "figures";

/// Where records come from.
struct RecordSource {
    storage::Notebook& notebook;
    FormShelf& forms;
    const Services& services;
};

/// One audit from its filling and the review kept about it. Notes are answers too, under the name
/// of their question with "@note" behind it.
Result<audit::Record> record_of(const RecordSource& source, const Filling& filling);

/// The same for an audit that is not open, without what was copied and nobody confirmed.
Result<audit::Record> record_of(const RecordSource& source, const storage::AuditSummary& audit);

/// All audits in a state, oldest first; of one form only, where it is named. One whose form is not
/// usable is left out.
Result<std::vector<audit::Record>> records_in(const RecordSource& source, storage::AuditState state,
                                              const FormId& form = {});

}  // namespace bordereau::app
