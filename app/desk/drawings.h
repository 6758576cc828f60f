// app/desk/drawings.h - what is drawn by hand for a question: kept encrypted from stroke to stroke
// until it is finished, then attached as a picture.
#pragma once

#include <string>
#include <string_view>

#include "app/desk/attaching.h"
#include "app/desk/filling.h"
#include "app/media/drawing.h"
#include "storage/base/result.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::app {

/// How a picture is made by hand (XLSForm: appearances of the type image).
enum class PadKind {
    none,
    signature,
    draw,     ///< on an empty sheet
    annotate  ///< over the picture that was chosen
};
PadKind pad_kind(const form::Session& session, const form::Element& element);
/// Of an empty one; nothing of `annotate`, whose sheet is its picture.
media::Sheet sheet_of(PadKind kind);

/// Unfinished drawings of this laptop. They do not travel.
class Drawings {
public:
    explicit Drawings(storage::Notebook& notebook) : notebook_(notebook) {}

    /// An empty one where there is none. `question`: key path.
    Result<media::Drawing> find(const AuditId& audit, std::string_view question) const;
    Status keep(const AuditId& audit, std::string_view question, const media::Drawing& drawing);
    Status forget(const AuditId& audit, std::string_view question);
    /// Of all questions of an audit that is finished.
    Status forget_all(const Filling& filling);

private:
    storage::Notebook& notebook_;
};

/// The finished picture as the answer: PNG, or JPEG over a photo that was one. `ground` has the
/// size that the strokes were made for. Errors as attach_bytes(); invalid: nothing is drawn.
Result<AttachOutcome> attach_drawing(storage::Notebook& notebook, Filling& filling,
                                     form::NodeId question, const media::Drawing& drawing,
                                     media::Raster ground);

}  // namespace bordereau::app
