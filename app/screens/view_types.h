// app/screens/view_types.h - plain values that several views share: states, messages, questions.
// No behaviour, no library, nothing of the form engine: app/present fills them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/widgets/values.h"
#include "storage/base/ids.h"

namespace bordereau::app {

/// Where an audit stands. Its words are the interface text "state.<name>".
enum class AuditState { draft, finalized, returned, approved, rejected };

/// How loud a message is. Drawn as colour and sign together.
using widgets::Tone;

/// The strip above the content. An empty text shows nothing.
struct MessageView {
    Tone tone = Tone::info;
    std::string text;
};

/// Answered of applicable questions.
struct ProgressView {
    int done = 0;
    int total = 0;
};

/// What an answer is entered with: XForms control and bind type together.
enum class Control {
    text,
    integer,
    decimal,
    date,
    time,
    date_time,
    select_one,
    select_multiple,
    rank,
    range,
    geopoint,
    geotrace,
    geoshape,
    image,
    audio,
    video,
    file,
    barcode,
    trigger,
    note,
    other
};

/// Why an answer stands in the way of finalizing.
enum class AnswerProblem {
    none,
    required,    ///< empty although an answer is required
    constraint,  ///< the constraint does not hold
    type,        ///< kept as typed, but not of the question's type
    unconfirmed  ///< copied from another audit, and nobody has looked at it
};

/// Value as stored, and label.
using ChoiceView = widgets::Choice;
/// Shared, so that a list of 50,000 is not copied when another answer changes. Never null in a
/// question with choices.
using ChoiceList = std::shared_ptr<const std::vector<ChoiceView>>;

struct CommentView {
    CommentId id;
    std::string author;
    std::string when;  ///< worded, in local time
    std::string text;
    bool open = true;
    bool can_resolve = false;
};

/// One section in the list at the side.
struct SectionView {
    std::string title;
    ProgressView progress;
    int problems = 0;  ///< invalid answers; missing ones count in `progress` only
    int open_comments = 0;
};

/// What can be copied into an open audit, and what was.
struct CopyView {
    std::string from;      ///< names the earlier audit to copy from; empty: there is none
    int waiting = 0;       ///< copied answers that nobody has confirmed
    int waiting_here = 0;  ///< of them in the open section
    int here = 0;          ///< questions of the open section to which there is something to copy
};

/// A language a person can choose, under its own name.
struct LanguageView {
    std::string code;  ///< en fr es ru ar zh, or as the form names it
    std::string name;
};

/// What names an audit above its screens.
struct AuditHeader {
    AuditId audit;
    std::string title;  ///< instance name, or form and unit
    std::string form;   ///< title and version of the form
    AuditState state = AuditState::draft;
    std::vector<Place>
        places;  ///< its screens open to this person: fill, overview, review, history
};

}  // namespace bordereau::app
