// app/widgets/inputs.h - fields that take typed text, numbers and dates, in both directions.
// They keep nothing: while a field is edited its text lives in Dear ImGui, before and after in
// `value`.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/secret_text.h"
#include "storage/base/time.h"

namespace bordereau::widgets {

/// Whether a person pressed, typed or moved anything since the last frame.
bool had_input();

/// Whether a field is being typed in: Ctrl+Z is then its own.
bool field_has_undo();
/// Whether an arrow key would leave the text of the active field: all of it is selected, or the
/// caret stands at that end. True where no field is active.
bool caret_leaves(bool to_the_right);
/// Ends the editing of whatever is active; a field keeps what was typed.
void leave_field();

/// What happened to a field in this frame.
struct Edit {
    bool changed = false;   ///< `value` is new
    bool finished = false;  ///< the person left the field or pressed Enter after a change
    bool entered = false;  ///< Enter ended the editing: it begins anew unless land_here() is called
    bool refused = false;  ///< of what was typed or pasted some signs were not taken
    explicit operator bool() const { return changed; }
};

struct FieldLook {
    std::string_view label = {};        ///< announced; drawn only by labelled()
    std::string_view placeholder = {};  ///< shown while the field is empty
    std::string_view shown = {};  ///< of a drop-down: the label of its value; empty: looked for
    std::string_view unit = {};   ///< words after a number
    float width = 0;              ///< pixels; 0: the rest of the region
    bool enabled = true;
    bool invalid = false;  ///< outlined as wrong
    bool focus = false;    ///< takes the keyboard in this frame
    bool at_end = false;   ///< its text stands at the end edge, as in a column of numbers
};

Edit input_text(const char* id, std::string& value, const FieldLook& look = {});
/// A passphrase, shown as dots. It is not copied to where it could not be wiped; see wipe_typed().
Edit input_secret(const char* id, SecretText& value, const FieldLook& look = {});
/// Overwrites what Dear ImGui keeps of what was typed last: text, undo, events. The field that is
/// being edited is left.
void wipe_typed();

/// Grows with its text from `lines` upward; wraps; Enter begins a new line.
Edit input_paragraph(const char* id, std::string& value, const FieldLook& look = {}, int lines = 3);
/// With the sign of a magnifying glass and a cross that clears.
Edit input_search(const char* id, std::string& value, const FieldLook& look = {});

/// Digits of every script are taken and kept as 0-9, a comma as the decimal point; what is not a
/// number cannot be typed but may be in `value` and is then shown as it is. Whether it is the kind
/// of number that is asked for is for others to say.
Edit input_number(const char* id, std::string& value, const FieldLook& look = {});

/// Which month an open calendar shows. One serves all the date fields of a screen.
struct CalendarUi {
    int year = 0, month = 0;  ///< 0: that of the value, or of today
};
/// Typed as text::read_date() takes it, or picked from a calendar; the date in words stands below.
/// `value` is as typed until the edit is finished, then YYYY-MM-DD, unless it is no date.
Edit input_date(const char* id, std::string& value, Date today, CalendarUi& ui,
                const FieldLook& look = {});
/// Typed as text::read_time() takes it; `value` is as typed until the edit is finished, then HH:MM,
/// unless it is no time.
Edit input_time(const char* id, std::string& value, const FieldLook& look = {});

/// A label above the field that is drawn next, with the mark of a required one.
void field_label(std::string_view label, bool required = false);

}  // namespace bordereau::widgets
