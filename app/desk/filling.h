// app/desk/filling.h - an open audit: a form session whose every change is on disk before it counts
// as saved. Used alike by the window, the command line and the tour.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/desk/answer_script.h"
#include "app/desk/deeds.h"
#include "app/desk/services.h"
#include "app/form/session/session.h"
#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/base/result.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::app {

class Filling {
public:
    /// Opens an audit where it was left. Editable while it is a draft or returned, and this person
    /// records it (storage/rights.h); else frozen as it was recorded.
    static Result<Filling> open(storage::Notebook& notebook, std::shared_ptr<const form::Form> form,
                                const storage::AuditSummary& audit, const Services& services);

    /// Opens an audit as it stands and changes nothing: for review, reports and exports.
    static Result<Filling> open_to_read(storage::Notebook& notebook,
                                        std::shared_ptr<const form::Form> form,
                                        const storage::AuditSummary& audit,
                                        const Services& services);

    const AuditId& audit() const { return audit_.id; }
    const storage::AuditSummary& summary() const { return audit_; }
    const form::Session& session() const { return session_; }
    bool editable() const { return editable_; }

    // Each of these is recorded before it returns. refused: not editable. Where the disk fails
    // (full, io) the change stays on the screen, counts as unsaved, and goes along with the next
    // one.

    Result<form::Validity> answer(form::NodeId question, std::string_view text);
    Result<form::NodeId> add_repeat(form::NodeId repeat);
    Status remove_repeat(form::NodeId instance);

    /// One line of a script. not_found: its path names nothing here.
    Status take(const ScriptStep& step);

    // What was done since the audit was opened can be taken back, latest first, and done again:
    // each as a new change, so that the history keeps everything.

    bool can_undo() const { return editable_ && deeds_.can_undo(); }
    bool can_redo() const { return editable_ && deeds_.can_redo(); }
    /// Key path of what changed: a question, or the repeat that an entry left or came back to.
    /// not_found: nothing to undo, or what it was about is not there any more.
    Result<std::string> undo();
    Result<std::string> redo();

    /// Tries again to record what could not be recorded.
    Status save();
    bool saved() const { return unsaved_.empty(); }
    Millis saved_at() const { return saved_at_; }  ///< of the last successful record; 0: none yet

    bool set_language(std::string_view language) { return session_.set_language(language); }

    /// Closes the record: refused with problems left (session().problems() lists them).
    Status finalize();

private:
    Filling(storage::Notebook& notebook, storage::AuditSummary audit, form::Session session,
            storage::Answers answers, bool editable);
    Status record();
    Status record(form::NodeId question);
    Status label();
    Status perform(Deed& deed);
    Status bring_back(Deed& deed);
    std::vector<form::Entry> entries_in(std::string_view instance) const;
    void note_answer(form::NodeId question, std::string before);

    storage::Notebook* notebook_;
    storage::AuditSummary audit_;
    form::Session session_;
    storage::Answers answers_;
    std::vector<form::Entry> unsaved_;
    Deeds deeds_;
    Millis saved_at_ = 0;
    bool editable_ = false;
};

/// What lists show of an audit: the form's instance name, else what identifies it among the
/// answers, else the form's title; and the unit it is about, where the form asks for one.
struct AuditLabel {
    std::string title;
    std::string unit;
};
AuditLabel label_of(const form::Session& session);

/// Finds a question by its XPath, or by its name alone where only one question has it.
form::NodeId find_question(const form::Session& session, std::string_view path_or_name);

/// Finds a displayed repeat by its XPath or name.
form::NodeId find_repeat(const form::Session& session, std::string_view path_or_name);

}  // namespace bordereau::app
