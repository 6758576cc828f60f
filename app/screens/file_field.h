// app/screens/file_field.h - the file that answers a question: its small picture and what may be
// done with it; or what may be chosen, and the ways to.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"
#include "app/screens/fill_view.h"
#include "app/screens/pad_field.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// Files dropped onto the window wait here for the question under the pointer.
struct DropUi {
    std::vector<std::string> paths;      ///< dropped in this frame
    std::string target;                  ///< key of the question under the pointer; empty: none
    std::vector<std::string> questions;  ///< all that take files and were drawn

    void begin_frame(std::vector<std::string> dropped);
    /// After drawing: where the files go. The one under the pointer, else the only one there is.
    std::string chosen() const;
};

struct FileUi {
    std::string removing;  ///< key of the question whose file is to be removed once more is asked
    DropUi drop;
    PadUi pad;
};

/// The question's card takes what is dropped or pasted onto it.
void take_in_files(const QuestionView& question, FileUi& ui, Commands& out);
/// What the clipboard holds as text.
std::string pasted_text();

/// `may_change`: files can be added, replaced and removed, not only looked at.
void draw_file_field(const QuestionView& question, bool may_change, FileUi& ui,
                     const text::Words& words, Commands& out);

}  // namespace bordereau::app
