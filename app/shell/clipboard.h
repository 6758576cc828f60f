// app/shell/clipboard.h - pictures and file addresses that other programs have copied: what GLFW's
// clipboard of texts does not give. Fetched in a thread on a connection of its own, since the owner
// of a selection answers when it likes. X11 only; elsewhere there is nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <optional>
#include <string>

namespace bordereau::shell {

struct Copied {
    std::string picture;  ///< bytes of a PNG or JPEG file; of a larger one than asked for, a part
    std::string uris;     ///< text/uri-list
};

class Clipboard {
public:
    /// `wake` is called from a thread when there is an answer. Of each thing one byte more than
    /// `most` is read at most, so that what is too large can be told.
    Clipboard(std::function<void()> wake, std::size_t most);
    Clipboard(const Clipboard&) = delete;
    Clipboard& operator=(const Clipboard&) = delete;
    ~Clipboard();  ///< gives up what is being fetched

    /// Fetches the picture, else the addresses. Does nothing while an answer is awaited.
    void ask();
    /// The answer, once; an empty one where there is neither.
    std::optional<Copied> take();

private:
    std::function<void()> wake_;
    std::size_t most_;
    int stop_ = -1;
    std::future<Copied> fetching_;
};

}  // namespace bordereau::shell
