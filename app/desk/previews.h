// app/desk/previews.h - small pictures of attachments for the screen. They are decrypted and
// decoded in a thread beside, one at a time on a connection of its own, and kept while there is
// room.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/media/kind.h"
#include "app/media/measure.h"
#include "app/media/raster.h"
#include "storage/base/result.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::app {

struct Preview {
    media::Kind kind = media::Kind::unknown;
    media::Shape shape;
    std::optional<std::int64_t> length;            ///< milliseconds, of sound and film
    std::shared_ptr<const media::Raster> picture;  ///< null: none can be shown
    std::optional<ErrorCode> failed;               ///< its bytes are not here, or damaged
};

class Previews {
public:
    /// Longer sides of pictures, pixels.
    static constexpr int kSmall = 256, kLarge = 1600;

    /// `notebook` must outlive this. `wake` is called from another thread when one is ready.
    Previews(const storage::Notebook& notebook, std::function<void()> wake);
    ~Previews();  ///< waits for the one being made
    Previews(const Previews&) = delete;
    Previews& operator=(const Previews&) = delete;

    /// Null while it is being made: it is asked for and will be there later.
    std::shared_ptr<const Preview> get(const std::string& hash, int side);
    /// Takes in what is ready and begins what is waiting. True when get() has news.
    bool turn();
    void settle();  ///< waits until all that was asked for is there; for tests and the tour

private:
    using Wanted = std::pair<std::string, int>;  ///< hash and side
    struct Kept {
        std::shared_ptr<const Preview> preview;
        std::uint64_t used = 0;
    };
    struct Connection;

    void begin_next();
    void make_room();

    const storage::Notebook& notebook_;
    std::function<void()> wake_;
    std::shared_ptr<Connection> connection_;  // touched only by the one job that runs
    std::future<Preview> job_;
    Wanted making_;
    std::vector<Wanted> waiting_;  // the latest wish is made first: it is what is looked at
    std::map<Wanted, Kept> kept_;
    std::uint64_t uses_ = 0;
};

}  // namespace bordereau::app
