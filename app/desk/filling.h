// app/desk/filling.h - an open audit: a form session whose every change is on disk before it counts
// as saved. Used alike by the window, the command line and the tour.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/desk/answer_script.h"
#include "app/desk/copying.h"
#include "app/desk/deeds.h"
#include "app/desk/earlier_answers.h"
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

    /// Which answers are read: with those that were copied and that nobody has confirmed, or
    /// without, as reports need it.
    enum class Unconfirmed { shown, left_out };

    /// Opens an audit as it stands and changes nothing: for review, reports and exports.
    static Result<Filling> open_to_read(storage::Notebook& notebook,
                                        std::shared_ptr<const form::Form> form,
                                        const storage::AuditSummary& audit,
                                        const Services& services,
                                        Unconfirmed unconfirmed = Unconfirmed::shown);

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

    // Copying from an earlier audit, as one step of undo. What was copied waits to be confirmed:
    // by confirm(), or by an answer.

    Result<CopyOutcome> copy(const Filling& earlier, const CopyScope& scope);
    /// The audit that this answer was copied from; empty: it was given or confirmed here.
    const AuditId& copied_from(form::NodeId question) const;
    /// Questions asked now whose answers wait to be confirmed, in the form's order.
    std::vector<form::NodeId> unconfirmed() const;
    /// Those of them that wait. One step of undo.
    Status confirm(std::span<const form::NodeId> questions);

    // The officer's own remark at a question; it goes along with the audit. Where the form asks
    // for one (Session::remark) it is the answer to that.

    const std::string& note(form::NodeId question) const;  ///< empty: none
    Status write_note(form::NodeId question, std::string_view text);

    // What was done since the audit was opened can be taken back, latest first, and done again:
    // each as a new change, so that the history keeps everything. So can what was done before it
    // was left, where somebody kept that.

    const Deeds& deeds() const { return deeds_; }
    /// Those of this audit when it was left; forgotten where it stands otherwise by now.
    void take_up(const Deeds& left);

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

    /// Closes the record. refused: problems are left, session().problems() lists them; invalid:
    /// answers are no choices of their questions, answers_off_list() lists them; conflict: copied
    /// answers wait that nobody has confirmed, unconfirmed() lists them.
    Status finalize();

private:
    /// An answer that waits to be confirmed.
    struct Copied {
        AuditId from;
        std::string value;  ///< another one by now: then it was changed, and waits no more
    };
    /// What is recorded beside answers (beside.h), by the key path of the question.
    struct Beside {
        std::map<std::string, Copied, std::less<>> copied;
        std::map<std::string, std::string, std::less<>> notes;
    };

    Filling(storage::Notebook& notebook, storage::AuditSummary audit, form::Session session,
            storage::Answers answers, bool editable);
    static Beside beside(const std::vector<storage::RecordedAnswer>& recorded);
    void collect();
    Status record();
    Status record(form::NodeId question);
    Status label();
    Status do_deed(Deed& deed);
    Status perform(Deed& deed);
    Status bring_back(Deed& deed);
    void give(const std::string& path, std::string_view value, const AuditId& copied);
    void mark(const std::string& path, const AuditId& from);
    void unmark(const std::string& path, bool confirmed);
    void put_note(const std::string& path, const std::string& text);
    bool copy_answer(const Filling& earlier, const EarlierAnswer& found,
                     const form::Element& element, Deed& deed, CopyOutcome& outcome);
    bool add_rows(const Filling& earlier, const CopyScope& scope,
                  const std::set<std::string>& begun, Deed& deed);
    std::vector<form::Entry> entries_of_row(std::string_view instance) const;
    void note_answer(form::NodeId question, std::string before, const AuditId& copied);

    storage::Notebook* notebook_;
    storage::AuditSummary audit_;
    form::Session session_;
    storage::Answers answers_;
    std::vector<form::Entry> unsaved_;
    Beside beside_;
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

/// Whether a question of that name tells which unit an audit is about.
bool names_unit(std::string_view question);

/// Finds a question by its XPath, or by its name alone where only one question has it.
form::NodeId find_question(const form::Session& session, std::string_view path_or_name);

/// Finds a displayed repeat by its XPath or name.
form::NodeId find_repeat(const form::Session& session, std::string_view path_or_name);

}  // namespace bordereau::app
