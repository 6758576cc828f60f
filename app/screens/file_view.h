// app/screens/file_view.h - a file that answers a question, and the browser that one is chosen in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/media/drawing.h"
#include "app/media/raster.h"
#include "storage/base/ids.h"

namespace bordereau::app {

struct FileView {
    std::string name;
    std::string about;                             ///< kind, size in pixels or length, size: worded
    std::string problem;                           ///< why it cannot be seen here; empty: nothing
    std::string picture_key;                       ///< differs where the picture does
    std::shared_ptr<const media::Raster> picture;  ///< null: none, or not read yet
    bool loading = false;
    bool can_save = false;  ///< its bytes are here
};

/// What a question says of files before one is chosen.
struct FileRuleView {
    std::string text;  ///< which kinds, how large, what is taken out
    bool room = true;  ///< false: the disk is full; `text` says so
};

/// What a picture is drawn on by hand.
struct PadView {
    enum class Kind { signature, drawing, annotation };
    std::string question;  ///< key
    Kind kind = Kind::signature;
    media::Sheet sheet;  ///< empty: the picture to draw on is not there, or not read yet
    std::shared_ptr<const media::Drawing> drawing;  ///< never null
    std::string ground_key;                         ///< differs where the picture does
    std::shared_ptr<const media::Raster> ground;    ///< null: an empty sheet
};

struct BrowserEntryView {
    std::string name, path;
    std::string about;  ///< of a file: size and day, worded
    bool folder = false;
};

struct BrowserPlaceView {
    std::string label, path;
    bool stick = false;
    bool here = false;
};

/// A folder in which a file is chosen, or into which a copy is saved.
struct BrowserView {
    /// What a press on a file asks for; a folder for bundles may be written to, or read as a whole.
    enum class Wanted { answer, form, bundles };
    Wanted wanted = Wanted::answer;
    std::string question;  ///< key
    bool saving = false;
    std::string file;           ///< name of the copy
    std::string rule;           ///< what is taken, or that the copy is not encrypted
    std::string folder, above;  ///< paths; `above` is empty at the root
    std::vector<BrowserPlaceView> places;
    std::vector<BrowserEntryView> entries;
    std::string problem;  ///< the folder cannot be read, or is too long to be shown whole
    bool all = false;     ///< files that do not fit are shown too
};

/// One file over the whole page.
struct EnlargedView {
    std::string question;  ///< key
    FileView file;
};

/// What the camera sees, while a code is looked for or a photo is to be taken.
struct CameraView {
    std::string question;  ///< key
    bool photo = false;
    std::string picture_key;                       ///< differs where the picture does
    std::shared_ptr<const media::Raster> picture;  ///< null: none yet
    std::string problem;                           ///< why there will be none; empty: nothing
};

/// What stands in the place of a page while it is open: one of them.
struct FilesView {
    std::shared_ptr<const BrowserView> browser;    ///< null: closed
    std::shared_ptr<const EnlargedView> enlarged;  ///< null: closed
    std::shared_ptr<const PadView> pad;            ///< null: closed
    std::shared_ptr<const CameraView> camera;      ///< null: closed
};

}  // namespace bordereau::app
