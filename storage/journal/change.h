// storage/journal/change.h - everything that can happen in a notebook, as immutable values.
// Opaque to sync. What a value means (an answer, a register row) is the application's matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/base/ids.h"
#include "storage/journal/stamp.h"

namespace bordereau::storage {

/// Where an audit stands. Names after ODK Central's review states, plus the two before review.
enum class AuditState : std::uint8_t {
    draft,       ///< being filled
    finalized,   ///< handed to review; ODK shows it as "received"
    has_issues,  ///< returned to the officer with comments
    edited,      ///< finalized again after it was returned
    approved,
    rejected
};

enum class Role : std::uint8_t { officer, supervisor, administrator };

enum class Verdict : std::uint8_t { open, accepted, rejected };

/// ODK's words: "draft", "finalized", "hasIssues", "edited", "approved", "rejected".
std::string_view name_of(AuditState state);
std::optional<AuditState> audit_state(std::string_view name);
/// Whether the answers of an audit in this state may be changed.
bool editable(AuditState state);
std::string_view name_of(Role role);  ///< "officer", "supervisor", "administrator"
std::optional<Role> role(std::string_view name);

/// Subject: the audit.
struct AuditCreated {
    FormId form;
    std::string form_version;
    std::string title;
    bool operator==(const AuditCreated&) const = default;
};

/// Subject: the audit. What lists show of it, as far as its answers tell.
struct AuditLabelled {
    std::string title;
    std::string unit;
    bool operator==(const AuditLabelled&) const = default;
};

/// Subject: the audit. One version of the answer at a path; nothing there: it was removed.
struct AnswerGiven {
    std::string path;
    std::optional<std::string> value;
    std::vector<Version>
        replaces;  ///< the versions its author saw; sorted; two or more settle a conflict
    bool operator==(const AnswerGiven&) const = default;
};

/// Subject: the audit.
struct AuditStateSet {
    AuditState state = AuditState::draft;
    std::string reason;
    bool operator==(const AuditStateSet&) const = default;
};

/// Subject: the audit.
struct CommentMade {
    CommentId comment;
    std::string path;  ///< empty: on the audit as a whole
    std::string text;
    bool operator==(const CommentMade&) const = default;
};

/// Subject: the audit.
struct CommentResolved {
    CommentId comment;
    bool operator==(const CommentResolved&) const = default;
};

/// Subject: the audit. Which bytes stand behind a file's name in an answer.
struct AttachmentNamed {
    std::string name;
    std::string hash;  ///< hexadecimal BLAKE2b-256 of the plain bytes
    std::int64_t size = 0;
    std::string media_type;
    bool operator==(const AttachmentNamed&) const = default;
};

/// Subject: the audit.
struct EvidenceJudged {
    std::string evidence;  ///< path of the repeat instance
    Verdict verdict = Verdict::open;
    std::string reason;
    bool operator==(const EvidenceJudged&) const = default;
};

/// Subject: the person.
struct PersonSet {
    std::string login;
    Role role = Role::officer;
    bool active = true;
    bool operator==(const PersonSet&) const = default;
};

/// Subject: the device.
struct DeviceSet {
    std::string name;
    std::string public_key;  ///< 32 raw bytes
    bool operator==(const DeviceSet&) const = default;
};

/// Subject: the form id. A form's definition and the files it reads.
struct FormAdded {
    struct Resource {
        std::string name;
        std::string bytes;
        bool operator==(const Resource&) const = default;
    };
    std::string version;
    std::string title;
    std::string definition;  ///< XForm XML, UTF-8
    std::vector<Resource> resources;
    bool operator==(const FormAdded&) const = default;
};

/// Subject: "<kind>/<key>". Outlives single audits; nothing there: the row was removed.
struct RegisterRowSet {
    std::string kind;
    std::string key;
    std::optional<std::string> json;
    bool operator==(const RegisterRowSet&) const = default;
};

/// Subject: the audit. Its author records it from now on, instead of whoever did before.
struct AuditTaken {
    std::string reason;
    bool operator==(const AuditTaken&) const = default;
};

/// Subject: the device. It began as a restored backup of another one, whose number of changesets
/// must not be used twice: so it has a key of its own.
struct DeviceRestored {
    DeviceId previous;
    std::int64_t made_at = 0;  ///< the backup, milliseconds
    std::int64_t kept = 0;     ///< unsealed changes of the other device that go on as this one's
    bool operator==(const DeviceRestored&) const = default;
};

/// Subject: the device. What the team's key says of it: read_certificate() of journal/membership.h.
struct MemberSet {
    std::string certificate;
    bool operator==(const MemberSet&) const = default;
};

/// The order is the format: kinds are numbered by it, so new ones go at the end.
using Action = std::variant<AuditCreated, AuditLabelled, AnswerGiven, AuditStateSet, CommentMade,
                            CommentResolved, AttachmentNamed, EvidenceJudged, PersonSet, DeviceSet,
                            FormAdded, RegisterRowSet, AuditTaken, DeviceRestored, MemberSet>;

/// One thing that happened: who did it, when, on which device, to what.
struct Change {
    Version version;
    PersonId author;
    std::string subject;
    Action action;
    bool operator==(const Change&) const = default;
};

}  // namespace bordereau::storage
