// app/desk/attaching.h - a file becomes the answer to a question: read, told apart by its content,
// cleaned of device and place, made as small as the form asks, kept encrypted, named. Its bytes are
// durable before the answer that names them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/desk/filling.h"
#include "app/media/kind.h"
#include "storage/base/result.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::app {

/// What a question asks of its file.
struct FileWish {
    std::string media_type;  ///< "image/*"; or the accept list of an upload, where it has one
    std::int64_t longest_side = 0;  ///< orx:max-pixels of a picture; 0: as it is
    /// By default what a device wrote about itself and the place is taken out. The appearance
    /// "keep-metadata" asks to keep it: appearances are the one column that every XLSForm converter
    /// hands on as it is, and other clients pass over words they do not know.
    bool keep_metadata = false;
};
FileWish file_wish(const form::Session& session, const form::Element& element);

/// How large a file may be now, for people to know before they choose.
struct FileLimit {
    std::uint64_t bytes = 0;
    bool by_disk = false;  ///< less than what is taken at most: the disk has no more room
};
Result<FileLimit> file_limit(const storage::Notebook& notebook);

/// Why a file is not taken. Nothing was changed.
enum class FileRefusal {
    not_a_file,  ///< nothing there, a folder, or not readable
    empty,
    too_large,
    wrong_kind,  ///< not what the question asks for, by its content
    damaged      ///< cut short, or not what its beginning promises
};

/// What became of device and place.
enum class Traces {
    none,     ///< there were none
    removed,  ///< taken out
    kept,     ///< because the form asks for them
    unknown   ///< the kind of file, or a part of it, cannot be cleaned: it may hold some
};

struct AttachedFile {
    std::string name;  ///< the answer
    media::Kind kind = media::Kind::unknown;
    Traces traces = Traces::none;
    bool too_wide = false;  ///< the form asks for fewer pixels, but this kind cannot be scaled
};

/// Errors as Filling::answer() and storage::Attachments::put(); not_found also where the question
/// takes no file. The same file again keeps the name it has.
using AttachOutcome = std::variant<AttachedFile, FileRefusal>;
Result<AttachOutcome> attach_file(storage::Notebook& notebook, Filling& filling,
                                  form::NodeId question, const std::filesystem::path& file);
/// As attach_file(), for bytes that came another way; `named` is the name they have had.
Result<AttachOutcome> attach_bytes(storage::Notebook& notebook, Filling& filling,
                                   form::NodeId question, std::string_view named,
                                   std::string bytes);

/// Clears the answer. The history, and what was sealed, keep the file.
Status detach_file(Filling& filling, form::NodeId question);

/// "Room 2.jpeg", of any folder and with any signs, as a name that is safe in every file system and
/// is had by no other file: "Room_2-k7qx3.jpg".
std::string attachment_name(std::string_view named, media::Kind kind, const Entropy& entropy);

/// Paths in text that was copied from a file browser: file:// addresses (RFC 8089, text/uri-list)
/// or absolute paths, a line each. Empty where any line is something else.
std::vector<std::filesystem::path> paths_in(std::string_view pasted);

}  // namespace bordereau::app
