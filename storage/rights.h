// storage/rights.h - who may do what with a notebook: the one table, and what follows from it for
// one audit. Pure. Asked by the stores and the desk before they act, and by screens for what they
// offer.
//
// Everybody at one notebook holds its key: rights keep honest people from mistakes and leave a
// trace, they do not hide bytes from somebody who takes the program apart.
#pragma once

#include <array>
#include <string_view>

#include "storage/audits.h"
#include "storage/journal/change.h"
#include "storage/people.h"

namespace bordereau::storage {

enum class Act {
    record,         ///< begin audits, answer and finalize those one records
    take_over,      ///< go on with what somebody else is filling; leaves a trace
    read_others,    ///< answers that others recorded; titles and states everybody sees
    review,         ///< judge, return, approve and reject what others recorded; settle conflicts
    export_inside,  ///< reports and tables for team and agency: they leave the encrypted notebook
    export_public,  ///< the same for the public
    manage_people,  ///< add and remove people, set roles, make recovery keys, change the key
    back_up,        ///< into an encrypted file
    restore,        ///< open a backup as a new device
    salvage,        ///< read what a damaged notebook still holds into a new one
    join,           ///< move the notebook into a team; after a restore or salvage, back into it
    admit_devices,  ///< admit and revoke laptops of no higher role than one's own
    synchronise,    ///< exchange with the endpoint
    add_forms  ///< forms and their lists, and new versions of them, for all who use the notebook
};

inline constexpr std::array kActs{
    Act::record,        Act::take_over,     Act::read_others, Act::review,   Act::export_inside,
    Act::export_public, Act::manage_people, Act::back_up,     Act::restore,  Act::salvage,
    Act::join,          Act::admit_devices, Act::synchronise, Act::add_forms};

std::string_view name_of(Act act);  ///< "record", "take_over", ...

bool may(Role role, Act act);
inline bool may(const Person& person, Act act) {
    return person.active && may(person.role, act);
}

/// One's own audits, and others' where the role allows it.
bool may_read(const Person& person, const AuditSummary& audit);
/// Who records it now, while it is a draft or returned.
bool may_edit(const Person& person, const AuditSummary& audit);
/// A draft or a returned audit that somebody else records.
bool may_take_over(const Person& person, const AuditSummary& audit);
/// One that waits for review. Reviewer and auditor are different people: neither who began it nor
/// who recorded it later. Earlier holders are Reviews' matter.
bool may_judge(const Person& person, const AuditSummary& audit);

}  // namespace bordereau::storage
