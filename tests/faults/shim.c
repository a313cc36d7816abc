/* A layer between Python and the C library that lets one system call fail, or kills the process there.

   Of the calls that concern files below FAULT_UNDER, the one numbered FAULT_AT (from 1) fails with FAULT_ERRNO, or, with FAULT_KILL, ends the process by
   SIGKILL before it is made. Its name is written to FAULT_HIT, so that the test sees when there is no call of that number any more. With FAULT_CALL only
   calls of that name are counted. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#define MOST 4096
static char ours[MOST]; /* descriptors of files that concern us */
static long count;

static int concerns(const char *path)
{
    const char *under = getenv("FAULT_UNDER");
    char here[PATH_MAX];
    if (!under || !path)
        return 0;
    if (path[0] == '/')
        return !strncmp(path, under, strlen(under));
    return syscall(SYS_getcwd, here, sizeof here) > 0 && !strncmp(here, under, strlen(under));
}

static int fails(const char *name)
{
    const char *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERRNO"), *hit = getenv("FAULT_HIT");
    const char *call = getenv("FAULT_CALL");
    if (!at || (call && strcmp(call, name)) || ++count != atol(at))
        return 0;
    if (hit) {
        long handle = syscall(SYS_openat, AT_FDCWD, hit, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        syscall(SYS_write, handle, name, strlen(name));
        syscall(SYS_close, handle);
    }
    if (getenv("FAULT_KILL"))
        syscall(SYS_kill, getpid(), SIGKILL);
    errno = error ? atoi(error) : EIO;
    return 1;
}

static int known(int handle) { return handle >= 0 && handle < MOST && ours[handle]; }

static int opened(int handle)
{
    if (handle >= 0 && handle < MOST)
        ours[handle] = 1;
    return handle;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

#define OPEN(name)                                                                                          \
    int name(const char *path, int flags, ...)                                                              \
    {                                                                                                       \
        va_list more;                                                                                       \
        va_start(more, flags);                                                                              \
        mode_t mode = va_arg(more, mode_t);                                                                 \
        va_end(more);                                                                                       \
        if (!concerns(path))                                                                                \
            return REAL(int, #name, const char *, int, mode_t)(path, flags, mode);                          \
        return fails(#name) ? -1 : opened(REAL(int, #name, const char *, int, mode_t)(path, flags, mode)); \
    }
OPEN(open)
OPEN(open64)

#define ON_PATH(type, name, arguments, types, ...)                     \
    type name arguments                                                \
    {                                                                  \
        if (concerns(path) && fails(#name))                            \
            return -1;                                                 \
        return ((type(*) types)dlsym(RTLD_NEXT, #name))(__VA_ARGS__); \
    }
ON_PATH(int, rename, (const char *path, const char *to), (const char *, const char *), path, to)
ON_PATH(int, unlink, (const char *path), (const char *), path)
ON_PATH(int, mkdir, (const char *path, mode_t mode), (const char *, mode_t), path, mode)
ON_PATH(int, access, (const char *path, int mode), (const char *, int), path, mode)
ON_PATH(int, chmod, (const char *path, mode_t mode), (const char *, mode_t), path, mode)
ON_PATH(int, stat, (const char *path, struct stat *to), (const char *, struct stat *), path, to)
ON_PATH(int, lstat, (const char *path, struct stat *to), (const char *, struct stat *), path, to)
ON_PATH(int, stat64, (const char *path, struct stat64 *to), (const char *, struct stat64 *), path, to)
ON_PATH(int, lstat64, (const char *path, struct stat64 *to), (const char *, struct stat64 *), path, to)
ON_PATH(ssize_t, readlink, (const char *path, char *to, size_t size), (const char *, char *, size_t), path, to, size)
ON_PATH(ssize_t, listxattr, (const char *path, char *to, size_t size), (const char *, char *, size_t), path, to, size)
ON_PATH(ssize_t, getxattr, (const char *path, const char *name, void *to, size_t size), (const char *, const char *, void *, size_t), path, name, to, size)

#define ON_HANDLE(type, name, arguments, types, ...)                   \
    type name arguments                                                \
    {                                                                  \
        if (known(handle) && fails(#name))                             \
            return -1;                                                 \
        return ((type(*) types)dlsym(RTLD_NEXT, #name))(__VA_ARGS__); \
    }
ON_HANDLE(ssize_t, read, (int handle, void *data, size_t size), (int, void *, size_t), handle, data, size)
ON_HANDLE(ssize_t, write, (int handle, const void *data, size_t size), (int, const void *, size_t), handle, data, size)
ON_HANDLE(int, fsync, (int handle), (int), handle)
ON_HANDLE(int, fchmod, (int handle, mode_t mode), (int, mode_t), handle, mode)
ON_HANDLE(int, fchown, (int handle, uid_t user, gid_t group), (int, uid_t, gid_t), handle, user, group)
ON_HANDLE(int, flock, (int handle, int what), (int, int), handle, what)
ON_HANDLE(int, ftruncate, (int handle, off_t size), (int, off_t), handle, size)
ON_HANDLE(int, fstat, (int handle, struct stat *to), (int, struct stat *), handle, to)
ON_HANDLE(int, fstat64, (int handle, struct stat64 *to), (int, struct stat64 *), handle, to)
ON_HANDLE(off_t, lseek, (int handle, off_t to, int from), (int, off_t, int), handle, to, from)
ON_HANDLE(off64_t, lseek64, (int handle, off64_t to, int from), (int, off64_t, int), handle, to, from)
ON_HANDLE(ssize_t, flistxattr, (int handle, char *to, size_t size), (int, char *, size_t), handle, to, size)
ON_HANDLE(ssize_t, fgetxattr, (int handle, const char *name, void *to, size_t size), (int, const char *, void *, size_t), handle, name, to, size)
ON_HANDLE(int, fsetxattr, (int handle, const char *name, const void *data, size_t size, int flags), (int, const char *, const void *, size_t, int), handle, name, data, size, flags)
ON_HANDLE(int, fremovexattr, (int handle, const char *name), (int, const char *), handle, name)

#define WITH_MORE(name, number)                                                                     \
    int name(int handle, number what, ...)                                                          \
    {                                                                                               \
        va_list more;                                                                               \
        va_start(more, what);                                                                       \
        void *third = va_arg(more, void *);                                                         \
        va_end(more);                                                                               \
        if (known(handle) && fails(#name))                                                          \
            return -1;                                                                              \
        return ((int (*)(int, number, ...))dlsym(RTLD_NEXT, #name))(handle, what, third);           \
    }
WITH_MORE(fcntl, int)
WITH_MORE(fcntl64, int)
WITH_MORE(ioctl, unsigned long)

DIR *opendir(const char *path)
{
    if (!concerns(path))
        return REAL(DIR *, "opendir", const char *)(path);
    if (fails("opendir"))
        return NULL;
    DIR *folder = REAL(DIR *, "opendir", const char *)(path);
    if (folder)
        opened(dirfd(folder));
    return folder;
}

#define READDIR(name, entry)                                                                                                     \
    struct entry *name(DIR *folder)                                                                                              \
    {                                                                                                                            \
        return known(dirfd(folder)) && fails(#name) ? NULL : ((struct entry * (*)(DIR *)) dlsym(RTLD_NEXT, #name))(folder); \
    }
READDIR(readdir, dirent)
READDIR(readdir64, dirent64)

int closedir(DIR *folder)
{
    int handle = dirfd(folder);
    if (handle >= 0 && handle < MOST)
        ours[handle] = 0;
    return REAL(int, "closedir", DIR *)(folder);
}

int close(int handle) /* a close that fails has closed nevertheless */
{
    int failing = known(handle) && fails("close"), error = errno;
    if (handle >= 0 && handle < MOST)
        ours[handle] = 0;
    int result = REAL(int, "close", int)(handle);
    if (failing)
        errno = error;
    return failing ? -1 : result;
}
