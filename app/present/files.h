// app/present/files.h - attached files, and the folders they are chosen from, in words and views.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/desk/attaching.h"
#include "app/desk/camera.h"
#include "app/desk/filling.h"
#include "app/desk/folders.h"
#include "app/desk/previews.h"
#include "app/present/fill.h"
#include "app/present/presenting.h"
#include "app/screens/file_view.h"
#include "app/screens/fill_view.h"

namespace bordereau::app {

/// What happened, what is safe, what to do.
std::string sentence_for(const text::Words& words, FileRefusal refusal);
/// Empty where nothing is the matter.
std::string sentence_for(const text::Words& words, CameraState::End end);
/// What became of the file; `tone` is warning where it may tell more than it should.
MessageView told_of(const text::Words& words, const AttachedFile& file);

/// What an open audit's files are shown from.
struct FileSources {
    storage::Notebook& notebook;
    Previews& previews;
    const Filling& filling;
};

/// Adds what rows with files show: the file, its small picture, and what may be chosen.
Status present_files(const Presenting& present, const FileSources& from,
                     std::vector<QuestionView>& rows);

/// The file that answers a question, as large as the page. Null: there is none.
Result<std::shared_ptr<const EnlargedView>> present_enlarged(const Presenting& present,
                                                             const FileSources& from,
                                                             const std::string& question);

/// Where a person is in the browser.
struct Browsing {
    std::string question;  ///< key
    bool saving = false;
    std::string file;  ///< name of the copy that is saved
    std::filesystem::path folder;
    bool all = false;
    std::string find = {};  ///< part of a name; empty: all
    BrowserView::Wanted wanted = BrowserView::Wanted::answer;
};
/// Of what an open audit's question wants.
std::shared_ptr<const BrowserView> present_browser(const Presenting& present,
                                                   const FileSources& from,
                                                   const Browsing& browsing,
                                                   const BookmarkPlaces& places);
/// Of what no question wants: a form, or bundles.
std::shared_ptr<const BrowserView> present_browser(const Presenting& present,
                                                   const Browsing& browsing,
                                                   const BookmarkPlaces& places);

}  // namespace bordereau::app
