// app/desk/code_reading.h - the barcode in a picture, read in a thread beside: a large photo takes
// longer than a frame.
#pragma once

#include <filesystem>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "app/desk/attaching.h"
#include "storage/base/result.h"

namespace bordereau::app {

struct CodesRead {
    std::vector<std::string> codes;      ///< texts, each once
    std::optional<FileRefusal> refusal;  ///< it is no picture that can be read
};

class CodeReading {
public:
    /// `wake` is called from another thread when it is done.
    CodeReading(std::filesystem::path picture, std::function<void()> wake);
    /// As above, for the bytes of a picture that was copied.
    static CodeReading of_bytes(std::string bytes, std::function<void()> wake);

    bool ready() const;
    void wait() const { reading_.wait(); }
    CodesRead result() { return reading_.get(); }  ///< once; waits for it

private:
    explicit CodeReading(std::future<CodesRead> reading) : reading_(std::move(reading)) {}
    std::future<CodesRead> reading_;
};

}  // namespace bordereau::app
